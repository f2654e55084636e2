package seed

// Plants, whose seeds are sold.
var (
	vegetables = []material{
		{"Cherry tomato", "Sow indoors from March and plant out after the last frost."},
		{"Beefsteak tomato", "Needs a stake, sun, and patience until August."},
		{"Runner bean", "Sow outdoors from May, two seeds to a pole."},
		{"Sugar snap pea", "Sow from March; pick every other day."},
		{"Purple carrot", "Sow thinly in rows and keep moist until it shows."},
		{"Butterhead lettuce", "Sow a short row every three weeks."},
		{"Courgette", "One plant feeds a family; sow in April."},
		{"Curly kale", "Sweetest after the first frost."},
		{"Beetroot", "Thin to a hand's width; eat the thinnings."},
		{"Chilli pepper", "Start warm in February and be generous with light."},
	}
	flowers = []material{
		{"Sunflower", "Sow where it shall flower, from April."},
		{"Cornflower", "Sow in autumn for earlier bloom."},
		{"Sweet pea", "Soak overnight; cut often and it flowers on."},
		{"Nasturtium", "Poor soil gives more flowers than leaves."},
		{"Cosmos", "Flowers until the frost when deadheaded."},
		{"Wildflower meadow", "For poor, open soil; mow once, in September."},
		{"Foxglove", "Flowers in its second year; loves half shade."},
		{"Marigold", "Keeps whitefly off the tomatoes beside it."},
	}
	herbs = []material{
		{"Basil", "Sow on the surface: it needs light to sprout."},
		{"Flat-leaf parsley", "Slow to start; keep it moist for three weeks."},
		{"Coriander", "Sow in place: it resents being moved."},
		{"Chives", "Comes back every spring."},
		{"Dill", "Sow every two weeks for a steady supply."},
		{"Thyme", "Wants sun, stones and little water."},
	}
)

var garden = department{"Garden", []group{
	{"Garden furniture", "GAR", []leaf{
		{"Garden chairs", []line{
			{"folding chair", outdoors, gardenFinishes, 4990, 15900, pairs, "Folds flat for the shed."},
			{"deck chair", []material{teak, beech, eucalypt}, fabricColours, 5990, 14900, pairs, "Four positions, and a sling that comes off for washing."},
			{"garden bench", outdoors, sizes("120 cm", "150 cm", "180 cm"), 14900, 59900, single, "Mortise and tenon, to be left outside all year."},
		}},
		{"Garden tables", []line{
			{"garden table", outdoors, sizes("70 cm", "120 cm", "160 cm", "200 cm"), 9900, 89900, single, "Slatted top with a hole for a parasol."},
			{"bistro table", []material{steel, aluminium, teak}, metalColours, 6990, 19900, single, "For two cups on a balcony."},
		}},
		{"Shade and comfort", []line{
			{"parasol", []material{canvas, recycled}, sizes("200 cm", "250 cm", "300 cm"), 5990, 24900, single, "Tilts, and closes with one hand."},
			{"hammock", []material{cotton, recycled, canvas}, fabricColours, 3990, 12900, single, "Carries 150 kg, ropes included."},
			{"outdoor cushion", []material{canvas, recycled}, fabricColours, 1990, 5990, pairs, "Dries within the hour after a shower."},
		}},
	}},
	{"Pots and planters", "POT", []leaf{
		{"Indoor pots", []line{
			{"plant pot", []material{stoneware, terra, porcelain, concrete}, potSizes, 590, 5990, handful, "With saucer, and a cork foot for the window sill."},
			{"plant stand", []material{oak, steel, bamboo, brass}, sizes("20 cm", "35 cm", "50 cm"), 1990, 8990, single, "Lifts a plant into the light."},
		}},
		{"Outdoor planters", []line{
			{"planter", pots, potSizes, 1290, 12900, handful, "A drainage hole and walls that take the frost."},
			{"raised bed", []material{pine, oak, zinc}, sizes("80 x 40 cm", "120 x 80 cm", "180 x 90 cm"), 5990, 27900, single, "Slots together without tools."},
			{"window box", []material{terra, zinc, recycled, pine}, sizes("40 cm", "60 cm", "80 cm"), 1290, 4990, pairs, "With brackets for a railing."},
		}},
		{"Hanging baskets", []line{
			{"hanging planter", []material{rattan, jute, stoneware, steel}, sizes("15 cm", "20 cm", "25 cm"), 1290, 4490, handful, "A metre of cord and a hook for the ceiling."},
		}},
	}},
	{"Garden tools", "GTL", []leaf{
		{"Hand tools", []line{
			{"hand trowel", []material{stainless, carbon, copper}, handles, 1290, 4490, handful, "One forged piece from tip to tang."},
			{"hand fork", []material{stainless, carbon}, handles, 1290, 3990, handful, "Three tines for weeds with long roots."},
			{"dibber", []material{oak, beech, ash}, colours("with steel tip", "with brass tip", "all wood"), 890, 2490, single, "Marked in centimetres, so that bulbs go deep enough."},
		}},
		{"Spades and forks", []line{
			{"digging spade", []material{stainless, carbon}, colours("ash T-handle", "ash D-handle", "long handle"), 3990, 11900, single, "Treads for a boot on both sides."},
			{"garden fork", []material{stainless, carbon}, colours("ash T-handle", "ash D-handle", "border size"), 3990, 10900, single, "Square tines that do not bend on a stone."},
			{"leaf rake", []material{bamboo, steel}, sizes("30 cm", "45 cm", "60 cm"), 1490, 4490, single, "Springy, and gentle on the lawn."},
		}},
		{"Pruning", []line{
			{"bypass secateurs", []material{carbon, stainless}, sizes("small hands", "medium", "large"), 1990, 7990, single, "Every part can be replaced."},
			{"pruning saw", []material{carbon}, colours("folding", "curved", "with sheath"), 1990, 5990, single, "Cuts on the pull."},
		}},
		{"Watering", []line{
			{"watering can", []material{zinc, steel, copper, recycled}, sizes("1 l", "3 l", "5 l", "9 l"), 1490, 7990, single, "A rose with fine holes, and balance when full."},
			{"garden hose", []material{recycled}, sizes("10 m", "20 m", "30 m", "50 m"), 1990, 8990, single, "Does not kink, and is free of phthalates."},
			{"plant mister", []material{glass, brass, zinc}, glassTints, 1290, 3490, single, "For ferns that long for a rainforest."},
		}},
	}},
	{"Seeds and growing", "SED", []leaf{
		{"Vegetable seeds", []line{
			{"seeds", vegetables, seedPackets, 249, 790, handful, "Open-pollinated and organically grown."},
		}},
		{"Flower seeds", []line{
			{"seeds", flowers, seedPackets, 229, 690, handful, "Chosen for bees and for the vase."},
		}},
		{"Herb seeds", []line{
			{"seeds", herbs, seedPackets, 229, 590, handful, "For a bed by the kitchen door."},
		}},
		{"Propagation", []line{
			{"seed tray", []material{recycled, zinc, bamboo}, sizes("6 cells", "12 cells", "24 cells", "40 cells"), 490, 2290, stack, "Sturdy enough for ten springs."},
			{"plant labels", []material{bamboo, slate, zinc, copper}, sizes("10 pieces", "25 pieces", "50 pieces"), 390, 1990, handful, "Write in pencil; it lasts all season."},
			{"garden twine", []material{jute, hemp, cotton}, sizes("50 m", "100 m", "250 m"), 390, 1490, handful, "Biodegradable, in a tin with a cutter."},
		}},
	}},
	{"Outdoor cooking", "BBQ", []leaf{
		{"Grills and fire bowls", []line{
			{"charcoal grill", []material{steel, enamel, castIron}, sizes("37 cm", "47 cm", "57 cm"), 5990, 34900, single, "Vents above and below, and an ash pan that slides out."},
			{"fire bowl", []material{steel, castIron}, sizes("45 cm", "60 cm", "80 cm"), 6990, 29900, single, "Rusts to a warm brown; grate available."},
		}},
		{"Grill tools", []line{
			{"grill tongs", []material{stainless, bamboo, oak}, sizes("30 cm", "40 cm", "50 cm"), 1190, 3490, single, "Locks closed for the drawer."},
			{"skewers", []material{stainless, bamboo}, sizes("set of 6", "set of 12", "set of 50"), 390, 2490, handful, "Flat, so that nothing spins."},
			{"grill apron", []material{leather, canvas}, colours("black", "tan", "olive"), 3990, 11900, single, "A loop for the tongs and one for the bottle opener."},
		}},
	}},
	{"Birds and insects", "BRD", []leaf{
		{"Feeders", []line{
			{"bird feeder", []material{oak, zinc, glass, bamboo}, colours("for seeds", "for nuts", "for fat balls"), 1290, 4490, handful, "Opens at the top for cleaning."},
			{"bird bath", []material{stoneware, concrete, zinc}, glazes, 2490, 8990, single, "Shallow at the edge for the small ones."},
		}},
		{"Nest boxes", []line{
			{"nest box", []material{oak, pine, concrete}, colours("for tits", "for sparrows", "for robins", "for starlings"), 1690, 4490, handful, "Hang it facing east, out of the cat's reach."},
			{"insect hotel", []material{oak, pine, bamboo}, basketSizes, 1490, 4990, single, "Clean-drilled holes that wild bees move into."},
		}},
	}},
}}
