package seed

var bedroom = department{"Bedroom and bath", []group{
	{"Bed linen", "BED", []leaf{
		{"Duvet covers", []line{
			{
				noun: "duvet cover", of: bedding, in: duvetSizes, from: 4990, to: 18900, sold: handful,
				about: "Closes with coconut buttons and has ties inside the corners.",
			},
			{
				noun: "single duvet cover", of: bedding, in: linenColours, from: 4990, to: 12900, sold: pairs,
				about: "140 x 200 cm in this year's colours.",
			},
		}},
		{"Sheets and pillowcases", []line{
			{
				noun: "fitted sheet", of: bedding, in: bedSizes, from: 2990, to: 10900, sold: handful,
				about: "Elastic all round; fits mattresses up to 30 cm.",
			},
			{
				noun: "pillowcase", of: bedding, in: linenColours, from: 990, to: 3490, sold: places,
				about: "An envelope back, without buttons to sleep on.",
			},
		}},
		{"Duvets and pillows", []line{
			{
				noun: "duvet", of: []material{wool, cotton, recycled}, in: colours("summer weight", "all season", "winter weight"),
				from: 5990, to: 24900, sold: single,
				about: "Quilted in squares, so that the filling stays put.",
			},
			{
				noun: "pillow", of: []material{wool, cotton, recycled}, in: colours("soft", "medium", "firm"),
				from: 2490, to: 8990, sold: pairs,
				about: "Open the zip to take filling out.",
			},
		}},
	}},
	{"Bedroom furniture", "BDR", []leaf{
		{"Bed frames", []line{
			{
				noun: "bed frame", of: []material{oak, ash, pine, walnut}, in: bedSizes, from: 29900, to: 149900, sold: single,
				about: "Slats included; no screw to be seen.",
			},
		}},
		{"Bedside tables", []line{
			{
				noun: "bedside table", of: []material{oak, ash, walnut, pine}, in: colours("one drawer", "two drawers", "open shelf"),
				from: 7900, to: 26900, sold: pairs,
				about: "A drawer on wooden runners and a gap for the cable.",
			},
		}},
		{"Wardrobes and chests", []line{
			{
				noun: "chest of drawers", of: []material{oak, ash, pine, birch}, in: sizes("three drawers", "four drawers", "six drawers"),
				from: 24900, to: 89900, sold: single,
				about: "Dovetailed drawers that open all the way.",
			},
			{
				noun: "clothes rail", of: []material{steel, oak, bamboo}, in: sizes("80 cm", "110 cm", "150 cm"),
				from: 4990, to: 17900, sold: single,
				about: "A wardrobe for those who show what they own.",
			},
			{
				noun: "coat hanger", of: []material{beech, oak, birch}, in: sizes("set of 3", "set of 5", "set of 10"),
				from: 990, to: 3990, sold: stack,
				about: "Notched shoulders and a bar for trousers.",
			},
		}},
	}},
	{"Bath", "BTH", []leaf{
		{"Towels", []line{
			{
				noun: "hand towel", of: towelling, in: towelColours, from: 790, to: 2290, sold: places,
				about: "50 x 100 cm, 550 g per square metre.",
			},
			{
				noun: "bath towel", of: towelling, in: towelColours, from: 1690, to: 4490, sold: pairs,
				about: "70 x 140 cm and thirsty.",
			},
			{
				noun: "bathrobe", of: towelling, in: sizes("S", "M", "L", "XL"), from: 4990, to: 12900, sold: single,
				about: "A shawl collar and two deep pockets.",
			},
		}},
		{"Bath mats", []line{
			{
				noun: "bath mat", of: []material{cotton, waffle, bamboo, cork, teak}, in: colours("white", "grey", "natural", "navy"),
				from: 1690, to: 5990, sold: handful,
				about: "Dry again before the next shower.",
			},
		}},
		{"Bathroom accessories", []line{
			{
				noun: "soap dish", of: []material{stoneware, teak, marble, brass}, in: colours("oval", "rectangular", "wall-mounted"),
				from: 790, to: 3490, sold: handful,
				about: "Drains, so that soap lasts.",
			},
			{
				noun: "soap dispenser", of: []material{glass, stoneware, stainless}, in: glazes, from: 1290, to: 3990, sold: pairs,
				about: "300 ml, refillable.",
			},
			{
				noun: "towel rail", of: []material{brass, stainless, steel, oak}, in: sizes("40 cm", "60 cm", "80 cm"),
				from: 2490, to: 8990, sold: single,
				about: "Screws into tile or wall; fittings included.",
			},
			{
				noun: "shower shelf", of: []material{stainless, teak, brass}, in: colours("corner", "hanging", "adhesive"),
				from: 1990, to: 5990, sold: single,
				about: "Holds four bottles and a razor.",
			},
			{
				noun: "toilet brush", of: []material{stainless, stoneware, beech}, in: colours("white", "black", "grey"),
				from: 1490, to: 4490, sold: single,
				about: "One that may be seen.",
			},
		}},
	}},
	{"Laundry", "LAU", []leaf{
		{"Laundry baskets", []line{
			{
				noun: "laundry basket", of: wickers, in: sizes("40 l", "60 l", "90 l"), from: 2990, to: 9990, sold: single,
				about: "With a cotton bag that goes in the wash.",
			},
		}},
		{"Drying and ironing", []line{
			{
				noun: "clothes airer", of: []material{beech, bamboo, steel}, in: sizes("8 m", "12 m", "18 m"),
				from: 2990, to: 9900, sold: single,
				about: "Folds to the width of a hand.",
			},
			{
				noun: "clothes pegs", of: []material{beech, bamboo, stainless}, in: sizes("20 pieces", "50 pieces", "100 pieces"),
				from: 290, to: 1490, sold: handful,
				about: "Strong springs, no marks.",
			},
		}},
	}},
}}
