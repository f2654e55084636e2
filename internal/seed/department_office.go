package seed

var office = department{"Home office", []group{
	{"Desks", "DSK", []leaf{
		{"Writing desks", []line{
			{
				noun: "writing desk", of: desktops, in: deskSizes, from: 19900, to: 89900, sold: single,
				about: "Two shallow drawers and a duct for cables.",
			},
			{
				noun: "wall desk", of: []material{oak, birch, ply}, in: colours("white front", "black front", "natural front"),
				from: 14900, to: 39900, sold: single,
				about: "Folds away to 18 cm when work is done.",
			},
		}},
		{"Standing desks", []line{
			{
				noun: "standing desk", of: desktops, in: deskSizes, from: 39900, to: 109900, sold: single,
				about: "Rises from 65 to 130 cm at the touch of a button.",
			},
			{
				noun: "laptop stand", of: []material{oak, walnut, aluminium, ply}, in: colours("fixed", "folding", "with tray"),
				from: 2490, to: 8990, sold: single,
				about: "Brings the screen to eye level.",
			},
		}},
	}},
	{"Office chairs", "OCH", []leaf{
		{"Desk chairs", []line{
			{
				noun: "desk chair", of: []material{mesh, wool, leather}, in: colours("black", "grey", "sage", "ink blue"),
				from: 14900, to: 69900, sold: single,
				about: "Adjusts in height, depth and tilt; castors for hard floors.",
			},
		}},
		{"Footrests", []line{
			{
				noun: "footrest", of: []material{oak, beech, felt}, in: colours("rocking", "fixed", "height-adjustable"),
				from: 2990, to: 8990, sold: single,
				about: "Your back will notice.",
			},
		}},
	}},
	{"Desk organisation", "ORG", []leaf{
		{"Trays and boxes", []line{
			{
				noun: "letter tray", of: organisers, in: sizes("one tier", "two tiers", "three tiers"),
				from: 1490, to: 7990, sold: handful,
				about: "A4, and it stacks.",
			},
			{
				noun: "desk tray", of: organisers, in: colours("black", "natural", "grey", "tan"), from: 990, to: 4490, sold: handful,
				about: "Keeps keys, clips and coins from wandering.",
			},
		}},
		{"Pen pots", []line{
			{
				noun: "pen pot", of: []material{oak, stoneware, concrete, cork, brass},
				in:   colours("round", "square", "three compartments"),
				from: 790, to: 3490, sold: handful,
				about: "Does not tip over when it is full.",
			},
		}},
		{"Cables and screens", []line{
			{
				noun: "cable box", of: []material{bamboo, oak, steel}, in: colours("white", "black", "natural"),
				from: 1690, to: 4990, sold: single,
				about: "Swallows a six-way strip and all that hangs on it.",
			},
			{
				noun: "monitor riser", of: desktops, in: sizes("50 cm", "70 cm", "100 cm"), from: 3490, to: 11900, sold: single,
				about: "Room for a keyboard underneath.",
			},
			{
				noun: "desk pad", of: []material{felt, leather, cork}, in: sizes("60 x 30 cm", "80 x 40 cm", "100 x 45 cm"),
				from: 1990, to: 7990, sold: single,
				about: "Quiet under the mouse and kind to the wrist.",
			},
		}},
	}},
	{"Stationery", "PEN", []leaf{
		{"Notebooks", []line{
			{
				noun: "notebook", of: []material{linen, leather, recycled, cork}, in: paperRulings, from: 790, to: 3490, sold: handful,
				about: "192 numbered pages that lie flat; A5.",
			},
			{
				noun: "sketchbook", of: []material{linen, recycled}, in: sizes("A6", "A5", "A4", "A3"),
				from: 990, to: 3990, sold: handful,
				about: "150 g paper that takes a wash.",
			},
		}},
		{"Pens and pencils", []line{
			{
				noun: "fountain pen", of: []material{brass, aluminium, steel}, in: colours("fine nib", "medium nib", "broad nib"),
				from: 2490, to: 12900, sold: single,
				about: "Writes after a week in the drawer.",
			},
			{
				noun: "ballpoint pen", of: []material{brass, aluminium, oak, recycled}, in: metalColours,
				from: 390, to: 3990, sold: stack,
				about: "Takes the refill that every shop has.",
			},
			{
				noun: "pencils", of: []material{beech, recycled}, in: sizes("set of 6", "set of 12", "set of 24"),
				from: 390, to: 1990, sold: stack,
				about: "HB to 2B, unpainted.",
			},
		}},
		{"Paper and envelopes", []line{
			{
				noun: "copy paper", of: []material{recycled, bamboo}, in: sizes("500 sheets", "2,500 sheets"),
				from: 590, to: 3990, sold: stack,
				about: "A4, 80 g, runs through any printer.",
			},
			{
				noun: "envelopes", of: []material{recycled, cotton}, in: sizes("25 pieces", "100 pieces", "500 pieces"),
				from: 390, to: 4490, sold: stack,
				about: "C5 with a peel-off strip.",
			},
		}},
	}},
	{"Filing", "FIL", []leaf{
		{"Folders", []line{
			{
				noun: "lever arch file", of: []material{recycled, linen}, in: colours("black", "grey", "moss", "brick", "blue"),
				from: 290, to: 1290, sold: stack,
				about: "8 cm spine with a label that slides out.",
			},
			{
				noun: "document folder", of: []material{leather, felt, recycled, canvas}, in: colours("black", "grey", "tan", "navy"),
				from: 590, to: 5990, sold: handful,
				about: "For papers that must arrive flat.",
			},
		}},
		{"Cabinets", []line{
			{
				noun: "drawer unit", of: []material{steel, birch, oak}, in: metalColours, from: 9900, to: 29900, sold: single,
				about: "Three drawers on castors; locks with a key.",
			},
			{
				noun: "magazine file", of: []material{oak, felt, steel, ply}, in: colours("natural", "black", "white"),
				from: 990, to: 3990, sold: handful,
				about: "Keeps a year together.",
			},
		}},
	}},
}}
