package seed

var kitchen = department{"Kitchen", []group{
	{"Cookware", "KIT", []leaf{
		{"Frying pans", []line{
			{
				noun: "frying pan", of: pans, in: panSizes, from: 2900, to: 14900, sold: single,
				about: "An even heat and a long handle that stays cool.",
			},
			{
				noun: "grill pan", of: []material{castIron, aluminium}, in: sizes("24 cm", "28 cm"), from: 3400, to: 8900, sold: single,
				about: "Deep ridges for steaks and courgettes alike.",
			},
			{
				noun: "crêpe pan", of: []material{carbon, castIron}, in: sizes("20 cm", "24 cm", "28 cm"),
				from: 2400, to: 5900, sold: single,
				about: "Low sides, so that the spatula slides under.",
			},
		}},
		{"Pots and casseroles", []line{
			{
				noun: "saucepan", of: []material{stainless, copper, enamel}, in: panVolumes, from: 2900, to: 15900, sold: single,
				about: "Pours from both sides without a drip.",
			},
			{
				noun: "casserole", of: []material{castIron, enamel}, in: metalColours, from: 7900, to: 24900, sold: single,
				about: "A heavy lid keeps the steam where it belongs.",
			},
			{
				noun: "stockpot", of: []material{stainless, enamel}, in: sizes("8 l", "12 l", "16 l"),
				from: 5900, to: 13900, sold: single,
				about: "Tall and narrow, for a stock that simmers all afternoon.",
			},
			{
				noun: "steamer basket", of: []material{bamboo, stainless}, in: sizes("18 cm", "22 cm", "26 cm"),
				from: 1490, to: 3900, sold: handful,
				about: "Two tiers for dumplings above and greens below.",
			},
		}},
		{"Kettles", []line{
			{
				noun: "stovetop kettle", of: []material{stainless, enamel, copper},
				in:   colours("whistling", "with thermometer", "long spout"),
				from: 3900, to: 11900, sold: single,
				about: "Boils a litre in about five minutes on any hob.",
			},
		}},
		{"Roasting", []line{
			{
				noun: "roasting tin", of: []material{enamel, stainless, carbon}, in: sizes("30 cm", "36 cm", "42 cm"),
				from: 2400, to: 6900, sold: single,
				about: "High sides and handles that take an oven glove.",
			},
			{
				noun: "gratin dish", of: ceramics, in: glazes, from: 1900, to: 4900, sold: handful,
				about: "From the oven straight to the table.",
			},
		}},
	}},
	{"Tableware", "TAB", []leaf{
		{"Plates", []line{
			{
				noun: "dinner plate", of: ceramics, in: glazes, from: 1190, to: 2900, sold: places,
				about: "A 27 cm plate with a rim that keeps sauce in its place.",
			},
			{
				noun: "side plate", of: ceramics, in: glazes, from: 790, to: 1990, sold: places,
				about: "For bread, cake, or a small supper.",
			},
			{
				noun: "serving platter", of: []material{stoneware, porcelain, slate, acacia}, in: sizes("30 cm", "36 cm", "45 cm"),
				from: 2400, to: 6900, sold: single,
				about: "Wide enough for a whole fish.",
			},
		}},
		{"Bowls", []line{
			{
				noun: "cereal bowl", of: ceramics, in: glazes, from: 890, to: 1990, sold: places,
				about: "Sits well in the hand on a slow morning.",
			},
			{
				noun: "pasta bowl", of: ceramics, in: glazes, from: 1290, to: 2690, sold: places,
				about: "Wide and shallow, so that nothing goes cold at the bottom.",
			},
			{
				noun: "salad bowl", of: []material{acacia, oak, stoneware, glass}, in: sizes("24 cm", "28 cm", "34 cm"),
				from: 2900, to: 8900, sold: single,
				about: "Room to toss without losing a leaf.",
			},
		}},
		{"Mugs and cups", []line{
			{
				noun: "mug", of: []material{stoneware, porcelain, enamel}, in: glazes, from: 890, to: 2200, sold: places,
				about: "Holds 320 ml and a whole hand in its handle.",
			},
			{
				noun: "espresso cup", of: []material{stoneware, porcelain, boro}, in: setSizes, from: 1190, to: 4900, sold: handful,
				about: "Thick walls keep a short coffee hot.",
			},
		}},
		{"Glasses", []line{
			{
				noun: "tumbler", of: []material{glass, boro}, in: glassTints, from: 590, to: 1490, sold: places,
				about: "Stacks without sticking.",
			},
			{
				noun: "wine goblet", of: []material{glass}, in: glassTints, from: 990, to: 2490, sold: places,
				about: "A short stem that survives the dishwasher.",
			},
			{
				noun: "carafe", of: []material{glass, boro}, in: sizes("0.5 l", "1 l", "1.5 l"), from: 1690, to: 4490, sold: single,
				about: "Fits the door of a fridge; comes with a cork stopper.",
			},
		}},
		{"Cutlery", []line{
			{
				noun: "cutlery set", of: []material{stainless, brass}, in: sizes("4 pieces", "16 pieces", "24 pieces"),
				from: 2900, to: 18900, sold: single,
				about: "Balanced forks and knives that hold an edge.",
			},
			{
				noun: "serving spoon", of: []material{stainless, brass, oak, beech}, in: colours("long", "slotted", "deep"),
				from: 990, to: 2490, sold: pairs,
				about: "For the middle of the table.",
			},
		}},
	}},
	{"Baking", "BAK", []leaf{
		{"Tins and trays", []line{
			{
				noun: "loaf tin", of: []material{carbon, enamel, silicone}, in: sizes("450 g", "900 g", "1.2 kg"),
				from: 1190, to: 2990, sold: handful,
				about: "Straight sides for a square slice.",
			},
			{
				noun: "springform tin", of: []material{carbon, stainless}, in: sizes("18 cm", "23 cm", "26 cm", "28 cm"),
				from: 1490, to: 3490, sold: single,
				about: "A clasp that neither leaks nor pinches.",
			},
			{
				noun: "muffin tray", of: []material{carbon, silicone}, in: sizes("6 cups", "12 cups", "24 mini cups"),
				from: 1290, to: 2690, sold: single,
				about: "Releases without paper cases.",
			},
		}},
		{"Mixing bowls", []line{
			{
				noun: "mixing bowl", of: []material{stoneware, stainless, enamel, boro}, in: sizes("1 l", "2 l", "3.5 l", "5 l"),
				from: 1290, to: 4490, sold: handful,
				about: "A pouring lip, and a foot that does not wander.",
			},
		}},
		{"Baking tools", []line{
			{
				noun: "rolling pin", of: []material{beech, oak, walnut, marble}, in: sizes("33 cm", "40 cm", "48 cm"),
				from: 1290, to: 4490, sold: single,
				about: "Tapered ends, for pastry that ends up round.",
			},
			{
				noun: "spatula", of: []material{silicone, beech, stainless}, in: sizes("small", "medium", "large"),
				from: 490, to: 1490, sold: handful,
				about: "Gets the last of the batter.",
			},
			{
				noun: "proving basket", of: []material{rattan, willow}, in: sizes("500 g", "750 g", "1 kg"),
				from: 1290, to: 2690, sold: pairs,
				about: "Leaves its spiral on the crust.",
			},
			{
				noun: "cooling rack", of: []material{stainless, carbon}, in: sizes("30 x 23 cm", "40 x 25 cm", "46 x 30 cm"),
				from: 1190, to: 2490, sold: handful,
				about: "Feet high enough for the steam to leave.",
			},
		}},
	}},
	{"Kitchen tools", "UTN", []leaf{
		{"Knives", []line{
			{
				noun: "chef's knife", of: []material{stainless, carbon}, in: handles, from: 4900, to: 18900, sold: single,
				about: "A 20 cm blade, ground thin behind the edge.",
			},
			{
				noun: "paring knife", of: []material{stainless, carbon}, in: handles, from: 1490, to: 5900, sold: handful,
				about: "The small knife that is always in use.",
			},
			{
				noun: "bread knife", of: []material{stainless, carbon}, in: handles, from: 3900, to: 11900, sold: single,
				about: "Rounded serrations that cut crust and not crumb.",
			},
		}},
		{"Chopping boards", []line{
			{
				noun: "chopping board", of: boards, in: boardSizes, from: 1990, to: 9900, sold: handful,
				about: "End to end from one plank, with a groove for juices.",
			},
			{
				noun: "bread board", of: boards, in: colours("round", "with handle", "with crumb tray"),
				from: 1990, to: 5900, sold: single,
				about: "Lives on the table from breakfast to supper.",
			},
		}},
		{"Utensils", []line{
			{
				noun: "cooking spoon", of: []material{beech, oak, acacia, walnut}, in: sizes("25 cm", "30 cm", "35 cm"),
				from: 490, to: 1690, sold: handful,
				about: "A corner that reaches into the edge of the pot.",
			},
			{
				noun: "whisk", of: []material{stainless, silicone}, in: sizes("20 cm", "25 cm", "30 cm"),
				from: 790, to: 1990, sold: single,
				about: "Eleven wires, none of them loose.",
			},
			{
				noun: "colander", of: []material{stainless, enamel, bamboo}, in: sizes("20 cm", "24 cm", "28 cm"),
				from: 1490, to: 3990, sold: single,
				about: "Stands by itself in the sink.",
			},
			{
				noun: "pepper mill", of: []material{beech, walnut, oak, stainless, brass}, in: sizes("12 cm", "18 cm", "26 cm"),
				from: 2490, to: 6990, sold: pairs,
				about: "A steel grinder with six settings.",
			},
			{
				noun: "mortar and pestle", of: []material{marble, slate, castIron, porcelain}, in: sizes("10 cm", "13 cm", "16 cm"),
				from: 1990, to: 5490, sold: single,
				about: "Heavy enough to stay where it is.",
			},
		}},
	}},
	{"Food storage", "JAR", []leaf{
		{"Jars and canisters", []line{
			{
				noun: "storage jar", of: []material{glass, boro, stoneware}, in: jarVolumes, from: 590, to: 2990, sold: places,
				about: "An airtight lid of cork or oak.",
			},
			{
				noun: "canister", of: []material{stainless, enamel, steel}, in: colours("flour", "sugar", "coffee", "tea", "rice"),
				from: 1290, to: 2990, sold: handful,
				about: "Labelled, stackable, and dark inside.",
			},
			{
				noun: "preserving jar", of: []material{glass}, in: jarVolumes, from: 290, to: 890, sold: stack,
				about: "With rubber ring and clips.",
			},
		}},
		{"Lunch boxes and bottles", []line{
			{
				noun: "lunch box", of: []material{stainless, boro, bamboo}, in: sizes("0.8 l", "1.2 l", "1.8 l"),
				from: 1690, to: 3990, sold: handful,
				about: "Two compartments and a lid that clicks.",
			},
			{
				noun: "insulated bottle", of: []material{stainless},
				in:   colours("black", "white", "sage green", "terracotta", "dusty blue"),
				from: 1990, to: 3990, sold: handful,
				about: "Hot for twelve hours, cold for a day.",
			},
		}},
		{"Bread bins", []line{
			{
				noun: "bread bin", of: []material{enamel, steel, bamboo, oak}, in: colours("black", "white", "cream", "with board lid"),
				from: 2990, to: 8990, sold: single,
				about: "Vents at the back keep a loaf from sweating.",
			},
		}},
	}},
	{"Coffee and tea", "COF", []leaf{
		{"Coffee makers", []line{
			{
				noun: "cafetière", of: []material{boro, stainless, stoneware}, in: sizes("0.35 l", "0.8 l", "1 l"),
				from: 2490, to: 7990, sold: single,
				about: "A double mesh leaves the grounds behind.",
			},
			{
				noun: "pour-over dripper", of: []material{porcelain, stainless, glass, copper},
				in:   sizes("1-2 cups", "2-4 cups", "4-6 cups"),
				from: 1490, to: 4990, sold: single,
				about: "Takes common paper filters.",
			},
			{
				noun: "espresso pot", of: []material{aluminium, stainless}, in: sizes("3 cups", "6 cups", "9 cups"),
				from: 2290, to: 5990, sold: single,
				about: "For the hob, with a handle that does not melt.",
			},
		}},
		{"Teapots", []line{
			{
				noun: "teapot", of: []material{stoneware, porcelain, castIron, boro}, in: sizes("0.6 l", "1 l", "1.4 l"),
				from: 2490, to: 8990, sold: single,
				about: "A strainer of steel, and a spout that behaves.",
			},
		}},
		{"Grinders", []line{
			{
				noun: "hand coffee grinder", of: []material{stainless, beech, walnut}, in: colours("fine burr", "travel size", "box mill"),
				from: 3990, to: 12900, sold: single,
				about: "Conical burrs; a cup takes forty turns.",
			},
		}},
	}},
	{"Kitchen linen", "KLN", []leaf{
		{"Tea towels", []line{
			{
				noun: "tea towel", of: []material{linen, cotton, waffle, hemp}, in: linenColours, from: 690, to: 1790, sold: places,
				about: "Leaves no lint on glass; 50 x 70 cm with a loop.",
			},
		}},
		{"Aprons and gloves", []line{
			{
				noun: "apron", of: []material{linen, cotton, canvas, hemp}, in: linenColours, from: 2490, to: 5990, sold: single,
				about: "Crossed straps that do not pull at the neck.",
			},
			{
				noun: "oven glove", of: []material{cotton, linen, canvas}, in: linenColours, from: 1190, to: 2490, sold: pairs,
				about: "Quilted, and long enough for the back of the oven.",
			},
		}},
		{"Table linen", []line{
			{
				noun: "tablecloth", of: []material{linen, cotton, hemp}, in: sizes("140 x 140 cm", "140 x 220 cm", "160 x 300 cm"),
				from: 3990, to: 12900, sold: single,
				about: "Mitred corners and a deep hem.",
			},
			{
				noun: "napkin", of: []material{linen, cotton}, in: linenColours, from: 590, to: 1290, sold: places,
				about: "45 cm square, sold singly.",
			},
			{
				noun: "placemat", of: []material{linen, cork, felt, leather, seagrass}, in: colours("round", "oval", "rectangular"),
				from: 690, to: 2290, sold: places,
				about: "Protects the table and wipes clean.",
			},
		}},
	}},
}}
