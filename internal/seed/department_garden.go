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
			{
				noun: "folding chair", of: outdoors, in: gardenFinishes, from: 4990, to: 15900, sold: pairs,
				about: "Folds flat for the shed.",
			},
			{
				noun: "deck chair", of: []material{teak, beech, eucalypt}, in: fabricColours, from: 5990, to: 14900, sold: pairs,
				about: "Four positions, and a sling that comes off for washing.",
			},
			{
				noun: "garden bench", of: outdoors, in: sizes("120 cm", "150 cm", "180 cm"), from: 14900, to: 59900, sold: single,
				about: "Mortise and tenon, to be left outside all year.",
			},
		}},
		{"Garden tables", []line{
			{
				noun: "garden table", of: outdoors, in: sizes("70 cm", "120 cm", "160 cm", "200 cm"), from: 9900, to: 89900, sold: single,
				about: "Slatted top with a hole for a parasol.",
			},
			{
				noun: "bistro table", of: []material{steel, aluminium, teak}, in: metalColours, from: 6990, to: 19900, sold: single,
				about: "For two cups on a balcony.",
			},
		}},
		{"Shade and comfort", []line{
			{
				noun: "parasol", of: []material{canvas, recycled}, in: sizes("200 cm", "250 cm", "300 cm"),
				from: 5990, to: 24900, sold: single,
				about: "Tilts, and closes with one hand.",
			},
			{
				noun: "hammock", of: []material{cotton, recycled, canvas}, in: fabricColours, from: 3990, to: 12900, sold: single,
				about: "Carries 150 kg, ropes included.",
			},
			{
				noun: "outdoor cushion", of: []material{canvas, recycled}, in: fabricColours, from: 1990, to: 5990, sold: pairs,
				about: "Dries within the hour after a shower.",
			},
		}},
	}},
	{"Pots and planters", "POT", []leaf{
		{"Indoor pots", []line{
			{
				noun: "plant pot", of: []material{stoneware, terra, porcelain, concrete}, in: potSizes,
				from: 590, to: 5990, sold: handful,
				about: "With saucer, and a cork foot for the window sill.",
			},
			{
				noun: "plant stand", of: []material{oak, steel, bamboo, brass}, in: sizes("20 cm", "35 cm", "50 cm"),
				from: 1990, to: 8990, sold: single,
				about: "Lifts a plant into the light.",
			},
		}},
		{"Outdoor planters", []line{
			{
				noun: "planter", of: pots, in: potSizes, from: 1290, to: 12900, sold: handful,
				about: "A drainage hole and walls that take the frost.",
			},
			{
				noun: "raised bed", of: []material{pine, oak, zinc}, in: sizes("80 x 40 cm", "120 x 80 cm", "180 x 90 cm"),
				from: 5990, to: 27900, sold: single,
				about: "Slots together without tools.",
			},
			{
				noun: "window box", of: []material{terra, zinc, recycled, pine}, in: sizes("40 cm", "60 cm", "80 cm"),
				from: 1290, to: 4990, sold: pairs,
				about: "With brackets for a railing.",
			},
		}},
		{"Hanging baskets", []line{
			{
				noun: "hanging planter", of: []material{rattan, jute, stoneware, steel}, in: sizes("15 cm", "20 cm", "25 cm"),
				from: 1290, to: 4490, sold: handful,
				about: "A metre of cord and a hook for the ceiling.",
			},
		}},
	}},
	{"Garden tools", "GTL", []leaf{
		{"Hand tools", []line{
			{
				noun: "hand trowel", of: []material{stainless, carbon, copper}, in: handles, from: 1290, to: 4490, sold: handful,
				about: "One forged piece from tip to tang.",
			},
			{
				noun: "hand fork", of: []material{stainless, carbon}, in: handles, from: 1290, to: 3990, sold: handful,
				about: "Three tines for weeds with long roots.",
			},
			{
				noun: "dibber", of: []material{oak, beech, ash}, in: colours("with steel tip", "with brass tip", "all wood"),
				from: 890, to: 2490, sold: single,
				about: "Marked in centimetres, so that bulbs go deep enough.",
			},
		}},
		{"Spades and forks", []line{
			{
				noun: "digging spade", of: []material{stainless, carbon}, in: colours("ash T-handle", "ash D-handle", "long handle"),
				from: 3990, to: 11900, sold: single,
				about: "Treads for a boot on both sides.",
			},
			{
				noun: "garden fork", of: []material{stainless, carbon}, in: colours("ash T-handle", "ash D-handle", "border size"),
				from: 3990, to: 10900, sold: single,
				about: "Square tines that do not bend on a stone.",
			},
			{
				noun: "leaf rake", of: []material{bamboo, steel}, in: sizes("30 cm", "45 cm", "60 cm"),
				from: 1490, to: 4490, sold: single,
				about: "Springy, and gentle on the lawn.",
			},
		}},
		{"Pruning", []line{
			{
				noun: "bypass secateurs", of: []material{carbon, stainless}, in: sizes("small hands", "medium", "large"),
				from: 1990, to: 7990, sold: single,
				about: "Every part can be replaced.",
			},
			{
				noun: "pruning saw", of: []material{carbon}, in: colours("folding", "curved", "with sheath"),
				from: 1990, to: 5990, sold: single,
				about: "Cuts on the pull.",
			},
		}},
		{"Watering", []line{
			{
				noun: "watering can", of: []material{zinc, steel, copper, recycled}, in: sizes("1 l", "3 l", "5 l", "9 l"),
				from: 1490, to: 7990, sold: single,
				about: "A rose with fine holes, and balance when full.",
			},
			{
				noun: "garden hose", of: []material{recycled}, in: sizes("10 m", "20 m", "30 m", "50 m"),
				from: 1990, to: 8990, sold: single,
				about: "Does not kink, and is free of phthalates.",
			},
			{
				noun: "plant mister", of: []material{glass, brass, zinc}, in: glassTints, from: 1290, to: 3490, sold: single,
				about: "For ferns that long for a rainforest.",
			},
		}},
	}},
	{"Seeds and growing", "SED", []leaf{
		{"Vegetable seeds", []line{
			{
				noun: "seeds", of: vegetables, in: seedPackets, from: 249, to: 790, sold: handful,
				about: "Open-pollinated and organically grown.",
			},
		}},
		{"Flower seeds", []line{
			{
				noun: "seeds", of: flowers, in: seedPackets, from: 229, to: 690, sold: handful,
				about: "Chosen for bees and for the vase.",
			},
		}},
		{"Herb seeds", []line{
			{
				noun: "seeds", of: herbs, in: seedPackets, from: 229, to: 590, sold: handful,
				about: "For a bed by the kitchen door.",
			},
		}},
		{"Propagation", []line{
			{
				noun: "seed tray", of: []material{recycled, zinc, bamboo}, in: sizes("6 cells", "12 cells", "24 cells", "40 cells"),
				from: 490, to: 2290, sold: stack,
				about: "Sturdy enough for ten springs.",
			},
			{
				noun: "plant labels", of: []material{bamboo, slate, zinc, copper}, in: sizes("10 pieces", "25 pieces", "50 pieces"),
				from: 390, to: 1990, sold: handful,
				about: "Write in pencil; it lasts all season.",
			},
			{
				noun: "garden twine", of: []material{jute, hemp, cotton}, in: sizes("50 m", "100 m", "250 m"),
				from: 390, to: 1490, sold: handful,
				about: "Biodegradable, in a tin with a cutter.",
			},
		}},
	}},
	{"Outdoor cooking", "BBQ", []leaf{
		{"Grills and fire bowls", []line{
			{
				noun: "charcoal grill", of: []material{steel, enamel, castIron}, in: sizes("37 cm", "47 cm", "57 cm"),
				from: 5990, to: 34900, sold: single,
				about: "Vents above and below, and an ash pan that slides out.",
			},
			{
				noun: "fire bowl", of: []material{steel, castIron}, in: sizes("45 cm", "60 cm", "80 cm"),
				from: 6990, to: 29900, sold: single,
				about: "Rusts to a warm brown; grate available.",
			},
		}},
		{"Grill tools", []line{
			{
				noun: "grill tongs", of: []material{stainless, bamboo, oak}, in: sizes("30 cm", "40 cm", "50 cm"),
				from: 1190, to: 3490, sold: single,
				about: "Locks closed for the drawer.",
			},
			{
				noun: "skewers", of: []material{stainless, bamboo}, in: sizes("set of 6", "set of 12", "set of 50"),
				from: 390, to: 2490, sold: handful,
				about: "Flat, so that nothing spins.",
			},
			{
				noun: "grill apron", of: []material{leather, canvas}, in: colours("black", "tan", "olive"),
				from: 3990, to: 11900, sold: single,
				about: "A loop for the tongs and one for the bottle opener.",
			},
		}},
	}},
	{"Birds and insects", "BRD", []leaf{
		{"Feeders", []line{
			{
				noun: "bird feeder", of: []material{oak, zinc, glass, bamboo}, in: colours("for seeds", "for nuts", "for fat balls"),
				from: 1290, to: 4490, sold: handful,
				about: "Opens at the top for cleaning.",
			},
			{
				noun: "bird bath", of: []material{stoneware, concrete, zinc}, in: glazes, from: 2490, to: 8990, sold: single,
				about: "Shallow at the edge for the small ones.",
			},
		}},
		{"Nest boxes", []line{
			{
				noun: "nest box", of: []material{oak, pine, concrete},
				in:   colours("for tits", "for sparrows", "for robins", "for starlings"),
				from: 1690, to: 4490, sold: handful,
				about: "Hang it facing east, out of the cat's reach.",
			},
			{
				noun: "insect hotel", of: []material{oak, pine, bamboo}, in: basketSizes, from: 1490, to: 4990, sold: single,
				about: "Clean-drilled holes that wild bees move into.",
			},
		}},
	}},
}}
