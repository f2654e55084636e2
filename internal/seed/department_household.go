package seed

var household = department{"Household", []group{
	{"Cleaning", "CLN", []leaf{
		{"Brushes and brooms", []line{
			{
				noun: "dish brush", of: brushwoods, in: colours("round head", "long head", "spare head"),
				from: 390, to: 1290, sold: handful,
				about: "Stiff enough for a pan, soft enough for a glass.",
			},
			{
				noun: "broom", of: brushwoods, in: sizes("30 cm", "40 cm", "50 cm"), from: 1290, to: 3990, sold: single,
				about: "With a handle that is long enough.",
			},
			{
				noun: "dustpan and brush", of: []material{steel, enamel, horsehair}, in: metalColours, from: 1290, to: 3490, sold: single,
				about: "A lip that lies flat on the floor.",
			},
		}},
		{"Cloths and sponges", []line{
			{
				noun: "cleaning cloth", of: []material{cotton, linen, recycled, waffle}, in: sizes("set of 3", "set of 6", "set of 12"),
				from: 390, to: 1990, sold: handful,
				about: "Boil it and use it again.",
			},
			{
				noun: "pot scrubber", of: []material{copper, stainless, tampico}, in: sizes("single", "set of 2", "set of 5"),
				from: 250, to: 1290, sold: handful,
				about: "Takes off what soaking does not.",
			},
		}},
		{"Buckets", []line{
			{
				noun: "bucket", of: []material{zinc, enamel, recycled}, in: capacities, from: 890, to: 3490, sold: single,
				about: "A spout, and a handle that does not cut.",
			},
		}},
	}},
	{"Waste and recycling", "BIN", []leaf{
		{"Kitchen bins", []line{
			{
				noun: "pedal bin", of: []material{stainless, steel, enamel}, in: capacities, from: 2490, to: 12900, sold: single,
				about: "Closes without a sound.",
			},
			{
				noun: "compost caddy", of: []material{enamel, stainless, bamboo}, in: sizes("3 l", "5 l", "7 l"),
				from: 1490, to: 4490, sold: single,
				about: "A charcoal filter in the lid.",
			},
		}},
		{"Waste paper baskets", []line{
			{
				noun: "waste paper basket", of: []material{felt, rattan, steel, mesh, leather}, in: basketSizes,
				from: 1290, to: 6990, sold: single,
				about: "Too good to hide under the desk.",
			},
		}},
	}},
	{"Hooks and hardware", "HRD", []leaf{
		{"Hooks", []line{
			{
				noun: "wall hook", of: []material{brass, oak, steel, leather, walnut}, in: sizes("single", "set of 2", "set of 4"),
				from: 490, to: 3490, sold: stack,
				about: "Screw and plug included.",
			},
			{
				noun: "magnetic hook", of: []material{steel, brass}, in: sizes("single", "set of 4", "set of 10"),
				from: 390, to: 1990, sold: handful,
				about: "Holds 3 kg on a fridge door.",
			},
		}},
		{"Knobs and handles", []line{
			{
				noun: "drawer knob", of: []material{brass, oak, porcelain, leather, walnut}, in: sizes("25 mm", "30 mm", "40 mm"),
				from: 390, to: 1490, sold: stack,
				about: "With screws for fronts of 16 to 22 mm.",
			},
			{
				noun: "cabinet handle", of: []material{brass, steel, oak, leather}, in: sizes("96 mm", "128 mm", "160 mm"),
				from: 590, to: 2290, sold: stack,
				about: "Screw spacing as named.",
			},
		}},
	}},
	{"Travel and carry", "BAG", []leaf{
		{"Shopping bags", []line{
			{
				noun: "tote bag", of: []material{cotton, canvas, linen, hemp}, in: linenColours, from: 790, to: 3990, sold: handful,
				about: "Long handles; carries 15 kg.",
			},
			{
				noun: "shopping basket", of: wickers, in: basketSizes, from: 1990, to: 5990, sold: single,
				about: "Goes to the market and to the beach.",
			},
		}},
		{"Picnic", []line{
			{
				noun: "picnic blanket", of: []material{wool, canvas, recycled}, in: fabricColours, from: 2990, to: 8990, sold: single,
				about: "A waterproof back and a leather strap.",
			},
			{
				noun: "cool bag", of: []material{canvas, recycled, felt}, in: capacities, from: 1990, to: 6990, sold: single,
				about: "Keeps a lunch cold until four o'clock.",
			},
		}},
	}},
}}
