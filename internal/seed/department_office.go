package seed

var office = department{"Home office", []group{
	{"Desks", "DSK", []leaf{
		{"Writing desks", []line{
			{"writing desk", desktops, deskSizes, 19900, 89900, single, "Two shallow drawers and a duct for cables."},
			{"wall desk", []material{oak, birch, ply}, colours("white front", "black front", "natural front"), 14900, 39900, single, "Folds away to 18 cm when work is done."},
		}},
		{"Standing desks", []line{
			{"standing desk", desktops, deskSizes, 39900, 109900, single, "Rises from 65 to 130 cm at the touch of a button."},
			{"laptop stand", []material{oak, walnut, aluminium, ply}, colours("fixed", "folding", "with tray"), 2490, 8990, single, "Brings the screen to eye level."},
		}},
	}},
	{"Office chairs", "OCH", []leaf{
		{"Desk chairs", []line{
			{"desk chair", []material{mesh, wool, leather}, colours("black", "grey", "sage", "ink blue"), 14900, 69900, single, "Adjusts in height, depth and tilt; castors for hard floors."},
		}},
		{"Footrests", []line{
			{"footrest", []material{oak, beech, felt}, colours("rocking", "fixed", "height-adjustable"), 2990, 8990, single, "Your back will notice."},
		}},
	}},
	{"Desk organisation", "ORG", []leaf{
		{"Trays and boxes", []line{
			{"letter tray", organisers, sizes("one tier", "two tiers", "three tiers"), 1490, 7990, handful, "A4, and it stacks."},
			{"desk tray", organisers, colours("black", "natural", "grey", "tan"), 990, 4490, handful, "Keeps keys, clips and coins from wandering."},
		}},
		{"Pen pots", []line{
			{"pen pot", []material{oak, stoneware, concrete, cork, brass}, colours("round", "square", "three compartments"), 790, 3490, handful, "Does not tip over when it is full."},
		}},
		{"Cables and screens", []line{
			{"cable box", []material{bamboo, oak, steel}, colours("white", "black", "natural"), 1690, 4990, single, "Swallows a six-way strip and all that hangs on it."},
			{"monitor riser", desktops, sizes("50 cm", "70 cm", "100 cm"), 3490, 11900, single, "Room for a keyboard underneath."},
			{"desk pad", []material{felt, leather, cork}, sizes("60 x 30 cm", "80 x 40 cm", "100 x 45 cm"), 1990, 7990, single, "Quiet under the mouse and kind to the wrist."},
		}},
	}},
	{"Stationery", "PEN", []leaf{
		{"Notebooks", []line{
			{"notebook", []material{linen, leather, recycled, cork}, paperRulings, 790, 3490, handful, "192 numbered pages that lie flat; A5."},
			{"sketchbook", []material{linen, recycled}, sizes("A6", "A5", "A4", "A3"), 990, 3990, handful, "150 g paper that takes a wash."},
		}},
		{"Pens and pencils", []line{
			{"fountain pen", []material{brass, aluminium, steel}, colours("fine nib", "medium nib", "broad nib"), 2490, 12900, single, "Writes after a week in the drawer."},
			{"ballpoint pen", []material{brass, aluminium, oak, recycled}, metalColours, 390, 3990, stack, "Takes the refill that every shop has."},
			{"pencils", []material{beech, recycled}, sizes("set of 6", "set of 12", "set of 24"), 390, 1990, stack, "HB to 2B, unpainted."},
		}},
		{"Paper and envelopes", []line{
			{"copy paper", []material{recycled, bamboo}, sizes("500 sheets", "2,500 sheets"), 590, 3990, stack, "A4, 80 g, runs through any printer."},
			{"envelopes", []material{recycled, cotton}, sizes("25 pieces", "100 pieces", "500 pieces"), 390, 4490, stack, "C5 with a peel-off strip."},
		}},
	}},
	{"Filing", "FIL", []leaf{
		{"Folders", []line{
			{"lever arch file", []material{recycled, linen}, colours("black", "grey", "moss", "brick", "blue"), 290, 1290, stack, "8 cm spine with a label that slides out."},
			{"document folder", []material{leather, felt, recycled, canvas}, colours("black", "grey", "tan", "navy"), 590, 5990, handful, "For papers that must arrive flat."},
		}},
		{"Cabinets", []line{
			{"drawer unit", []material{steel, birch, oak}, metalColours, 9900, 29900, single, "Three drawers on castors; locks with a key."},
			{"magazine file", []material{oak, felt, steel, ply}, colours("natural", "black", "white"), 990, 3990, handful, "Keeps a year together."},
		}},
	}},
}}
