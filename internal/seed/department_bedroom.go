package seed

var bedroom = department{"Bedroom and bath", []group{
	{"Bed linen", "BED", []leaf{
		{"Duvet covers", []line{
			{"duvet cover", bedding, duvetSizes, 4990, 18900, handful, "Closes with coconut buttons and has ties inside the corners."},
			{"single duvet cover", bedding, linenColours, 4990, 12900, pairs, "140 x 200 cm in this year's colours."},
		}},
		{"Sheets and pillowcases", []line{
			{"fitted sheet", bedding, bedSizes, 2990, 10900, handful, "Elastic all round; fits mattresses up to 30 cm."},
			{"pillowcase", bedding, linenColours, 990, 3490, places, "An envelope back, without buttons to sleep on."},
		}},
		{"Duvets and pillows", []line{
			{"duvet", []material{wool, cotton, recycled}, colours("summer weight", "all season", "winter weight"), 5990, 24900, single, "Quilted in squares, so that the filling stays put."},
			{"pillow", []material{wool, cotton, recycled}, colours("soft", "medium", "firm"), 2490, 8990, pairs, "Open the zip to take filling out."},
		}},
	}},
	{"Bedroom furniture", "BDR", []leaf{
		{"Bed frames", []line{
			{"bed frame", []material{oak, ash, pine, walnut}, bedSizes, 29900, 149900, single, "Slats included; no screw to be seen."},
		}},
		{"Bedside tables", []line{
			{"bedside table", []material{oak, ash, walnut, pine}, colours("one drawer", "two drawers", "open shelf"), 7900, 26900, pairs, "A drawer on wooden runners and a gap for the cable."},
		}},
		{"Wardrobes and chests", []line{
			{"chest of drawers", []material{oak, ash, pine, birch}, sizes("three drawers", "four drawers",
				"six drawers"), 24900, 89900, single, "Dovetailed drawers that open all the way."},
			{"clothes rail", []material{steel, oak, bamboo}, sizes("80 cm", "110 cm", "150 cm"), 4990, 17900, single, "A wardrobe for those who show what they own."},
			{"coat hanger", []material{beech, oak, birch}, sizes("set of 3", "set of 5", "set of 10"), 990, 3990, stack, "Notched shoulders and a bar for trousers."},
		}},
	}},
	{"Bath", "BTH", []leaf{
		{"Towels", []line{
			{"hand towel", towelling, towelColours, 790, 2290, places, "50 x 100 cm, 550 g per square metre."},
			{"bath towel", towelling, towelColours, 1690, 4490, pairs, "70 x 140 cm and thirsty."},
			{"bathrobe", towelling, sizes("S", "M", "L", "XL"), 4990, 12900, single, "A shawl collar and two deep pockets."},
		}},
		{"Bath mats", []line{
			{"bath mat", []material{cotton, waffle, bamboo, cork, teak}, colours("white", "grey", "natural", "navy"), 1690, 5990, handful, "Dry again before the next shower."},
		}},
		{"Bathroom accessories", []line{
			{"soap dish", []material{stoneware, teak, marble, brass}, colours("oval", "rectangular", "wall-mounted"), 790, 3490, handful, "Drains, so that soap lasts."},
			{"soap dispenser", []material{glass, stoneware, stainless}, glazes, 1290, 3990, pairs, "300 ml, refillable."},
			{"towel rail", []material{brass, stainless, steel, oak}, sizes("40 cm", "60 cm", "80 cm"), 2490, 8990, single, "Screws into tile or wall; fittings included."},
			{"shower shelf", []material{stainless, teak, brass}, colours("corner", "hanging", "adhesive"), 1990, 5990, single, "Holds four bottles and a razor."},
			{"toilet brush", []material{stainless, stoneware, beech}, colours("white", "black", "grey"), 1490, 4490, single, "One that may be seen."},
		}},
	}},
	{"Laundry", "LAU", []leaf{
		{"Laundry baskets", []line{
			{"laundry basket", wickers, sizes("40 l", "60 l", "90 l"), 2990, 9990, single, "With a cotton bag that goes in the wash."},
		}},
		{"Drying and ironing", []line{
			{"clothes airer", []material{beech, bamboo, steel}, sizes("8 m", "12 m", "18 m"), 2990, 9900, single, "Folds to the width of a hand."},
			{"clothes pegs", []material{beech, bamboo, stainless}, sizes("20 pieces", "50 pieces", "100 pieces"), 290, 1490, handful, "Strong springs, no marks."},
		}},
	}},
}}
