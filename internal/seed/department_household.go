package seed

var household = department{"Household", []group{
	{"Cleaning", "CLN", []leaf{
		{"Brushes and brooms", []line{
			{"dish brush", brushwoods, colours("round head", "long head", "spare head"), 390, 1290, handful, "Stiff enough for a pan, soft enough for a glass."},
			{"broom", brushwoods, sizes("30 cm", "40 cm", "50 cm"), 1290, 3990, single, "With a handle that is long enough."},
			{"dustpan and brush", []material{steel, enamel, horsehair}, metalColours, 1290, 3490, single, "A lip that lies flat on the floor."},
		}},
		{"Cloths and sponges", []line{
			{"cleaning cloth", []material{cotton, linen, recycled, waffle}, sizes("set of 3", "set of 6", "set of 12"), 390, 1990, handful, "Boil it and use it again."},
			{"pot scrubber", []material{copper, stainless, tampico}, sizes("single", "set of 2", "set of 5"), 250, 1290, handful, "Takes off what soaking does not."},
		}},
		{"Buckets", []line{
			{"bucket", []material{zinc, enamel, recycled}, capacities, 890, 3490, single, "A spout, and a handle that does not cut."},
		}},
	}},
	{"Waste and recycling", "BIN", []leaf{
		{"Kitchen bins", []line{
			{"pedal bin", []material{stainless, steel, enamel}, capacities, 2490, 12900, single, "Closes without a sound."},
			{"compost caddy", []material{enamel, stainless, bamboo}, sizes("3 l", "5 l", "7 l"), 1490, 4490, single, "A charcoal filter in the lid."},
		}},
		{"Waste paper baskets", []line{
			{"waste paper basket", []material{felt, rattan, steel, mesh, leather}, basketSizes, 1290, 6990, single, "Too good to hide under the desk."},
		}},
	}},
	{"Hooks and hardware", "HRD", []leaf{
		{"Hooks", []line{
			{"wall hook", []material{brass, oak, steel, leather, walnut}, sizes("single", "set of 2", "set of 4"), 490, 3490, stack, "Screw and plug included."},
			{"magnetic hook", []material{steel, brass}, sizes("single", "set of 4", "set of 10"), 390, 1990, handful, "Holds 3 kg on a fridge door."},
		}},
		{"Knobs and handles", []line{
			{"drawer knob", []material{brass, oak, porcelain, leather, walnut}, sizes("25 mm", "30 mm", "40 mm"), 390, 1490, stack, "With screws for fronts of 16 to 22 mm."},
			{"cabinet handle", []material{brass, steel, oak, leather}, sizes("96 mm", "128 mm", "160 mm"), 590, 2290, stack, "Screw spacing as named."},
		}},
	}},
	{"Travel and carry", "BAG", []leaf{
		{"Shopping bags", []line{
			{"tote bag", []material{cotton, canvas, linen, hemp}, linenColours, 790, 3990, handful, "Long handles; carries 15 kg."},
			{"shopping basket", wickers, basketSizes, 1990, 5990, single, "Goes to the market and to the beach."},
		}},
		{"Picnic", []line{
			{"picnic blanket", []material{wool, canvas, recycled}, fabricColours, 2990, 8990, single, "A waterproof back and a leather strap."},
			{"cool bag", []material{canvas, recycled, felt}, capacities, 1990, 6990, single, "Keeps a lunch cold until four o'clock."},
		}},
	}},
}}
