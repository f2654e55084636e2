package seed

var living = department{"Living room", []group{
	{"Seating", "SEA", []leaf{
		{"Dining chairs", []line{
			{"dining chair", hardwoods, woodFinishes, 8900, 26900, pairs, "A straight back that stays comfortable through a long dinner; seat height 46 cm."},
			{"upholstered dining chair", upholstery, fabricColours, 11900, 29900, pairs, "A padded seat on slim oak legs."},
		}},
		{"Armchairs", []line{
			{"armchair", upholstery, fabricColours, 34900, 99900, single, "Deep enough to fold your legs under."},
			{"lounge chair", []material{rattan, oak, leather, walnut}, colours("low back", "high back",
				"with footstool"), 29900, 89900, single, "Leans back just far enough for a book."},
		}},
		{"Sofas", []line{
			{"two-seat sofa", upholstery, fabricColours, 69900, 159900, single, "158 cm wide, with covers that come off for washing."},
			{"three-seat sofa", upholstery, fabricColours, 89900, 239900, single, "212 cm wide; the back cushions are filled with feathers."},
		}},
		{"Stools and benches", []line{
			{"stool", []material{oak, beech, birch, ash, pine}, woodFinishes, 4900, 12900, pairs, "A seat, a step, a bedside table."},
			{"bench", hardwoods, sizes("100 cm", "120 cm", "150 cm"), 12900, 34900, single, "Slides right under the table."},
			{"bar stool", []material{oak, beech, steel, leather}, sizes("65 cm", "75 cm"), 8900, 21900, pairs, "A footrest at the right height."},
		}},
	}},
	{"Tables", "TBL", []leaf{
		{"Dining tables", []line{
			{"dining table", hardwoods, tableSizes, 44900, 189900, single, "A solid top on four turned legs; takes an extension leaf."},
			{"round table", []material{oak, ash, walnut, marble}, sizes("90 cm", "110 cm", "130 cm"), 39900, 129900, single, "One central foot, so that nobody sits at a leg."},
		}},
		{"Coffee tables", []line{
			{"coffee table", []material{oak, walnut, marble, glass, rattan}, roundSizes, 14900, 64900, single, "Low and light enough to move with one hand."},
		}},
		{"Side tables", []line{
			{"side table", []material{oak, walnut, steel, marble, bamboo}, colours("black", "natural", "white", "with tray"), 5900, 24900, handful, "Room for a lamp, a cup and one book."},
			{"console table", hardwoods, sizes("80 cm", "100 cm", "120 cm"), 19900, 54900, single, "32 cm deep, for a narrow hall."},
		}},
	}},
	{"Shelves and cabinets", "SHE", []leaf{
		{"Bookcases", []line{
			{"bookcase", shelfwoods, shelfSizes, 14900, 69900, single, "Adjustable shelves that do not sag under art books."},
			{"wall shelf", []material{oak, walnut, birch, steel}, sizes("60 cm", "80 cm", "110 cm"), 3490, 12900, pairs, "Hidden brackets, level included."},
		}},
		{"Sideboards", []line{
			{"sideboard", hardwoods, sizes("120 cm", "160 cm", "200 cm"), 49900, 159900, single, "Sliding doors, and a hole for cables at the back."},
		}},
		{"Hallway", []line{
			{"coat rack", []material{oak, beech, steel, brass}, sizes("4 hooks", "6 hooks", "8 hooks"), 3490, 12900, single, "Hooks wide enough for a winter coat."},
			{"shoe rack", []material{bamboo, oak, steel}, sizes("6 pairs", "9 pairs", "12 pairs"), 3990, 13900, single, "Slatted, so that wet soles dry."},
			{"umbrella stand", []material{steel, rattan, concrete}, colours("black", "white", "natural"), 2990, 8900, single, "A drip tray that lifts out."},
		}},
	}},
	{"Lighting", "LIG", []leaf{
		{"Table lamps", []line{
			{"table lamp", shades, colours("small", "tall", "with dimmer"), 3990, 16900, handful, "A warm pool of light, with a two-metre fabric cable."},
			{"bedside lamp", []material{stoneware, oak, brass, linen}, fabricColours, 3490, 10900, pairs, "Switches on without getting up."},
		}},
		{"Floor lamps", []line{
			{"floor lamp", []material{oak, brass, steel, paper}, colours("arc", "tripod", "reading arm"), 9900, 34900, single, "Stands firm behind a sofa."},
		}},
		{"Pendant lamps", []line{
			{"pendant lamp", shades, sizes("25 cm", "35 cm", "45 cm", "60 cm"), 4990, 29900, handful, "Hangs from three metres of cable; ceiling rose included."},
			{"wall lamp", []material{brass, steel, stoneware, glass}, colours("fixed", "swing arm", "double"), 4490, 15900, pairs, "Lights the wall, not the eyes."},
		}},
	}},
	{"Home textiles", "TEX", []leaf{
		{"Cushions", []line{
			{"cushion cover", []material{linen, velvet, wool, boucle, cotton}, fabricColours, 1490, 4990, pairs, "50 x 50 cm with a hidden zip."},
			{"seat pad", []material{felt, wool, linen, sheepskin}, fabricColours, 1290, 4490, places, "Round, 36 cm, with a non-slip back."},
		}},
		{"Throws", []line{
			{"throw", warm, fabricColours, 3990, 15900, single, "130 x 180 cm with a short fringe."},
			{"blanket", []material{wool, merino, cotton, linen}, sizes("100 x 140 cm", "140 x 200 cm", "200 x 220 cm"), 4490, 18900, single, "Brushed on both sides."},
		}},
		{"Curtains", []line{
			{"curtain", []material{linen, velvet, cotton}, linenColours, 4490, 14900, pairs, "140 x 280 cm with tape for hooks or rings; hem it to length."},
			{"curtain rod", []material{steel, brass, oak}, sizes("120 cm", "160 cm", "200 cm", "240 cm"), 1990, 7990, handful, "Brackets and rings included."},
		}},
		{"Rugs", []line{
			{"rug", []material{wool, jute, cotton, seagrass}, rugSizes, 4990, 79900, single, "Flat-woven and reversible."},
			{"doormat", []material{jute, cork, recycled}, sizes("40 x 60 cm", "50 x 80 cm", "60 x 100 cm"), 1490, 4990, single, "Takes the weather off boots."},
		}},
	}},
	{"Decoration", "DEC", []leaf{
		{"Vases", []line{
			{"vase", []material{glass, stoneware, porcelain, terra}, sizes("12 cm", "18 cm", "25 cm", "35 cm"), 1290, 7990, handful, "Looks right with five stems or with none."},
		}},
		{"Candles", []line{
			{"scented candle", waxes, scents, 1490, 3990, handful, "In a glass that becomes a tumbler."},
			{"pillar candle", waxes, sizes("8 cm", "12 cm", "18 cm"), 590, 2490, stack, "Burns straight down without dripping."},
			{"candle holder", []material{brass, steel, stoneware, glass, marble}, colours("low", "tall", "three arms"), 990, 5990, pairs, "For dinner candles of 2.2 cm."},
		}},
		{"Mirrors and frames", []line{
			{"wall mirror", []material{oak, brass, steel, rattan}, sizes("40 cm", "60 cm", "80 cm", "100 cm"), 3990, 24900, single, "Hangs flat, with a French cleat."},
			{"picture frame", []material{oak, walnut, aluminium, birch}, frameSizes, 990, 5490, places, "Real glass and an acid-free mount."},
			{"wall clock", []material{oak, cork, steel, marble}, colours("black hands", "brass hands", "no numerals"), 2990, 9990, single, "A movement that does not tick."},
		}},
		{"Baskets", []line{
			{"basket", wickers, basketSizes, 1490, 6990, handful, "For firewood, toys, or what has no place yet."},
			{"lidded box", []material{felt, rattan, oak, leather}, basketSizes, 1290, 5990, handful, "Tidies a shelf at one stroke."},
		}},
	}},
}}
