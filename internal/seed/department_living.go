package seed

var living = department{"Living room", []group{
	{"Seating", "SEA", []leaf{
		{"Dining chairs", []line{
			{
				noun: "dining chair", of: hardwoods, in: woodFinishes, from: 8900, to: 26900, sold: pairs,
				about: "A straight back that stays comfortable through a long dinner; seat height 46 cm.",
			},
			{
				noun: "upholstered dining chair", of: upholstery, in: fabricColours, from: 11900, to: 29900, sold: pairs,
				about: "A padded seat on slim oak legs.",
			},
		}},
		{"Armchairs", []line{
			{
				noun: "armchair", of: upholstery, in: fabricColours, from: 34900, to: 99900, sold: single,
				about: "Deep enough to fold your legs under.",
			},
			{
				noun: "lounge chair", of: []material{rattan, oak, leather, walnut}, in: colours("low back", "high back", "with footstool"),
				from: 29900, to: 89900, sold: single,
				about: "Leans back just far enough for a book.",
			},
		}},
		{"Sofas", []line{
			{
				noun: "two-seat sofa", of: upholstery, in: fabricColours, from: 69900, to: 159900, sold: single,
				about: "158 cm wide, with covers that come off for washing.",
			},
			{
				noun: "three-seat sofa", of: upholstery, in: fabricColours, from: 89900, to: 239900, sold: single,
				about: "212 cm wide; the back cushions are filled with feathers.",
			},
		}},
		{"Stools and benches", []line{
			{
				noun: "stool", of: []material{oak, beech, birch, ash, pine}, in: woodFinishes, from: 4900, to: 12900, sold: pairs,
				about: "A seat, a step, a bedside table.",
			},
			{
				noun: "bench", of: hardwoods, in: sizes("100 cm", "120 cm", "150 cm"), from: 12900, to: 34900, sold: single,
				about: "Slides right under the table.",
			},
			{
				noun: "bar stool", of: []material{oak, beech, steel, leather}, in: sizes("65 cm", "75 cm"),
				from: 8900, to: 21900, sold: pairs,
				about: "A footrest at the right height.",
			},
		}},
	}},
	{"Tables", "TBL", []leaf{
		{"Dining tables", []line{
			{
				noun: "dining table", of: hardwoods, in: tableSizes, from: 44900, to: 189900, sold: single,
				about: "A solid top on four turned legs; takes an extension leaf.",
			},
			{
				noun: "round table", of: []material{oak, ash, walnut, marble}, in: sizes("90 cm", "110 cm", "130 cm"),
				from: 39900, to: 129900, sold: single,
				about: "One central foot, so that nobody sits at a leg.",
			},
		}},
		{"Coffee tables", []line{
			{
				noun: "coffee table", of: []material{oak, walnut, marble, glass, rattan}, in: roundSizes,
				from: 14900, to: 64900, sold: single,
				about: "Low and light enough to move with one hand.",
			},
		}},
		{"Side tables", []line{
			{
				noun: "side table", of: []material{oak, walnut, steel, marble, bamboo},
				in:   colours("black", "natural", "white", "with tray"),
				from: 5900, to: 24900, sold: handful,
				about: "Room for a lamp, a cup and one book.",
			},
			{
				noun: "console table", of: hardwoods, in: sizes("80 cm", "100 cm", "120 cm"), from: 19900, to: 54900, sold: single,
				about: "32 cm deep, for a narrow hall.",
			},
		}},
	}},
	{"Shelves and cabinets", "SHE", []leaf{
		{"Bookcases", []line{
			{
				noun: "bookcase", of: shelfwoods, in: shelfSizes, from: 14900, to: 69900, sold: single,
				about: "Adjustable shelves that do not sag under art books.",
			},
			{
				noun: "wall shelf", of: []material{oak, walnut, birch, steel}, in: sizes("60 cm", "80 cm", "110 cm"),
				from: 3490, to: 12900, sold: pairs,
				about: "Hidden brackets, level included.",
			},
		}},
		{"Sideboards", []line{
			{
				noun: "sideboard", of: hardwoods, in: sizes("120 cm", "160 cm", "200 cm"), from: 49900, to: 159900, sold: single,
				about: "Sliding doors, and a hole for cables at the back.",
			},
		}},
		{"Hallway", []line{
			{
				noun: "coat rack", of: []material{oak, beech, steel, brass}, in: sizes("4 hooks", "6 hooks", "8 hooks"),
				from: 3490, to: 12900, sold: single,
				about: "Hooks wide enough for a winter coat.",
			},
			{
				noun: "shoe rack", of: []material{bamboo, oak, steel}, in: sizes("6 pairs", "9 pairs", "12 pairs"),
				from: 3990, to: 13900, sold: single,
				about: "Slatted, so that wet soles dry.",
			},
			{
				noun: "umbrella stand", of: []material{steel, rattan, concrete}, in: colours("black", "white", "natural"),
				from: 2990, to: 8900, sold: single,
				about: "A drip tray that lifts out.",
			},
		}},
	}},
	{"Lighting", "LIG", []leaf{
		{"Table lamps", []line{
			{
				noun: "table lamp", of: shades, in: colours("small", "tall", "with dimmer"), from: 3990, to: 16900, sold: handful,
				about: "A warm pool of light, with a two-metre fabric cable.",
			},
			{
				noun: "bedside lamp", of: []material{stoneware, oak, brass, linen}, in: fabricColours, from: 3490, to: 10900, sold: pairs,
				about: "Switches on without getting up.",
			},
		}},
		{"Floor lamps", []line{
			{
				noun: "floor lamp", of: []material{oak, brass, steel, paper}, in: colours("arc", "tripod", "reading arm"),
				from: 9900, to: 34900, sold: single,
				about: "Stands firm behind a sofa.",
			},
		}},
		{"Pendant lamps", []line{
			{
				noun: "pendant lamp", of: shades, in: sizes("25 cm", "35 cm", "45 cm", "60 cm"), from: 4990, to: 29900, sold: handful,
				about: "Hangs from three metres of cable; ceiling rose included.",
			},
			{
				noun: "wall lamp", of: []material{brass, steel, stoneware, glass}, in: colours("fixed", "swing arm", "double"),
				from: 4490, to: 15900, sold: pairs,
				about: "Lights the wall, not the eyes.",
			},
		}},
	}},
	{"Home textiles", "TEX", []leaf{
		{"Cushions", []line{
			{
				noun: "cushion cover", of: []material{linen, velvet, wool, boucle, cotton}, in: fabricColours,
				from: 1490, to: 4990, sold: pairs,
				about: "50 x 50 cm with a hidden zip.",
			},
			{
				noun: "seat pad", of: []material{felt, wool, linen, sheepskin}, in: fabricColours, from: 1290, to: 4490, sold: places,
				about: "Round, 36 cm, with a non-slip back.",
			},
		}},
		{"Throws", []line{
			{
				noun: "throw", of: warm, in: fabricColours, from: 3990, to: 15900, sold: single,
				about: "130 x 180 cm with a short fringe.",
			},
			{
				noun: "blanket", of: []material{wool, merino, cotton, linen}, in: sizes("100 x 140 cm", "140 x 200 cm", "200 x 220 cm"),
				from: 4490, to: 18900, sold: single,
				about: "Brushed on both sides.",
			},
		}},
		{"Curtains", []line{
			{
				noun: "curtain", of: []material{linen, velvet, cotton}, in: linenColours, from: 4490, to: 14900, sold: pairs,
				about: "140 x 280 cm with tape for hooks or rings; hem it to length.",
			},
			{
				noun: "curtain rod", of: []material{steel, brass, oak}, in: sizes("120 cm", "160 cm", "200 cm", "240 cm"),
				from: 1990, to: 7990, sold: handful,
				about: "Brackets and rings included.",
			},
		}},
		{"Rugs", []line{
			{
				noun: "rug", of: []material{wool, jute, cotton, seagrass}, in: rugSizes, from: 4990, to: 79900, sold: single,
				about: "Flat-woven and reversible.",
			},
			{
				noun: "doormat", of: []material{jute, cork, recycled}, in: sizes("40 x 60 cm", "50 x 80 cm", "60 x 100 cm"),
				from: 1490, to: 4990, sold: single,
				about: "Takes the weather off boots.",
			},
		}},
	}},
	{"Decoration", "DEC", []leaf{
		{"Vases", []line{
			{
				noun: "vase", of: []material{glass, stoneware, porcelain, terra}, in: sizes("12 cm", "18 cm", "25 cm", "35 cm"),
				from: 1290, to: 7990, sold: handful,
				about: "Looks right with five stems or with none.",
			},
		}},
		{"Candles", []line{
			{
				noun: "scented candle", of: waxes, in: scents, from: 1490, to: 3990, sold: handful,
				about: "In a glass that becomes a tumbler.",
			},
			{
				noun: "pillar candle", of: waxes, in: sizes("8 cm", "12 cm", "18 cm"), from: 590, to: 2490, sold: stack,
				about: "Burns straight down without dripping.",
			},
			{
				noun: "candle holder", of: []material{brass, steel, stoneware, glass, marble}, in: colours("low", "tall", "three arms"),
				from: 990, to: 5990, sold: pairs,
				about: "For dinner candles of 2.2 cm.",
			},
		}},
		{"Mirrors and frames", []line{
			{
				noun: "wall mirror", of: []material{oak, brass, steel, rattan}, in: sizes("40 cm", "60 cm", "80 cm", "100 cm"),
				from: 3990, to: 24900, sold: single,
				about: "Hangs flat, with a French cleat.",
			},
			{
				noun: "picture frame", of: []material{oak, walnut, aluminium, birch}, in: frameSizes, from: 990, to: 5490, sold: places,
				about: "Real glass and an acid-free mount.",
			},
			{
				noun: "wall clock", of: []material{oak, cork, steel, marble}, in: colours("black hands", "brass hands", "no numerals"),
				from: 2990, to: 9990, sold: single,
				about: "A movement that does not tick.",
			},
		}},
		{"Baskets", []line{
			{
				noun: "basket", of: wickers, in: basketSizes, from: 1490, to: 6990, sold: handful,
				about: "For firewood, toys, or what has no place yet.",
			},
			{
				noun: "lidded box", of: []material{felt, rattan, oak, leather}, in: basketSizes, from: 1290, to: 5990, sold: handful,
				about: "Tidies a shelf at one stroke.",
			},
		}},
	}},
}}
