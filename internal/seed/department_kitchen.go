package seed

var kitchen = department{"Kitchen", []group{
	{"Cookware", "KIT", []leaf{
		{"Frying pans", []line{
			{"frying pan", pans, panSizes, 2900, 14900, single, "An even heat and a long handle that stays cool."},
			{"grill pan", []material{castIron, aluminium}, sizes("24 cm", "28 cm"), 3400, 8900, single, "Deep ridges for steaks and courgettes alike."},
			{"crêpe pan", []material{carbon, castIron}, sizes("20 cm", "24 cm", "28 cm"), 2400, 5900, single, "Low sides, so that the spatula slides under."},
		}},
		{"Pots and casseroles", []line{
			{"saucepan", []material{stainless, copper, enamel}, panVolumes, 2900, 15900, single, "Pours from both sides without a drip."},
			{"casserole", []material{castIron, enamel}, metalColours, 7900, 24900, single, "A heavy lid keeps the steam where it belongs."},
			{"stockpot", []material{stainless, enamel}, sizes("8 l", "12 l", "16 l"), 5900, 13900, single, "Tall and narrow, for a stock that simmers all afternoon."},
			{"steamer basket", []material{bamboo, stainless}, sizes("18 cm", "22 cm", "26 cm"), 1490, 3900, handful, "Two tiers for dumplings above and greens below."},
		}},
		{"Kettles", []line{
			{"stovetop kettle", []material{stainless, enamel, copper}, colours("whistling", "with thermometer", "long spout"), 3900, 11900, single, "Boils a litre in about five minutes on any hob."},
		}},
		{"Roasting", []line{
			{"roasting tin", []material{enamel, stainless, carbon}, sizes("30 cm", "36 cm", "42 cm"), 2400, 6900, single, "High sides and handles that take an oven glove."},
			{"gratin dish", ceramics, glazes, 1900, 4900, handful, "From the oven straight to the table."},
		}},
	}},
	{"Tableware", "TAB", []leaf{
		{"Plates", []line{
			{"dinner plate", ceramics, glazes, 1190, 2900, places, "A 27 cm plate with a rim that keeps sauce in its place."},
			{"side plate", ceramics, glazes, 790, 1990, places, "For bread, cake, or a small supper."},
			{"serving platter", []material{stoneware, porcelain, slate, acacia}, sizes("30 cm", "36 cm", "45 cm"), 2400, 6900, single, "Wide enough for a whole fish."},
		}},
		{"Bowls", []line{
			{"cereal bowl", ceramics, glazes, 890, 1990, places, "Sits well in the hand on a slow morning."},
			{"pasta bowl", ceramics, glazes, 1290, 2690, places, "Wide and shallow, so that nothing goes cold at the bottom."},
			{"salad bowl", []material{acacia, oak, stoneware, glass}, sizes("24 cm", "28 cm", "34 cm"), 2900, 8900, single, "Room to toss without losing a leaf."},
		}},
		{"Mugs and cups", []line{
			{"mug", []material{stoneware, porcelain, enamel}, glazes, 890, 2200, places, "Holds 320 ml and a whole hand in its handle."},
			{"espresso cup", []material{stoneware, porcelain, boro}, setSizes, 1190, 4900, handful, "Thick walls keep a short coffee hot."},
		}},
		{"Glasses", []line{
			{"tumbler", []material{glass, boro}, glassTints, 590, 1490, places, "Stacks without sticking."},
			{"wine goblet", []material{glass}, glassTints, 990, 2490, places, "A short stem that survives the dishwasher."},
			{"carafe", []material{glass, boro}, sizes("0.5 l", "1 l", "1.5 l"), 1690, 4490, single, "Fits the door of a fridge; comes with a cork stopper."},
		}},
		{"Cutlery", []line{
			{"cutlery set", []material{stainless, brass}, sizes("4 pieces", "16 pieces", "24 pieces"), 2900, 18900, single, "Balanced forks and knives that hold an edge."},
			{"serving spoon", []material{stainless, brass, oak, beech}, colours("long", "slotted", "deep"), 990, 2490, pairs, "For the middle of the table."},
		}},
	}},
	{"Baking", "BAK", []leaf{
		{"Tins and trays", []line{
			{"loaf tin", []material{carbon, enamel, silicone}, sizes("450 g", "900 g", "1.2 kg"), 1190, 2990, handful, "Straight sides for a square slice."},
			{"springform tin", []material{carbon, stainless}, sizes("18 cm", "23 cm", "26 cm", "28 cm"), 1490, 3490, single, "A clasp that neither leaks nor pinches."},
			{"muffin tray", []material{carbon, silicone}, sizes("6 cups", "12 cups", "24 mini cups"), 1290, 2690, single, "Releases without paper cases."},
		}},
		{"Mixing bowls", []line{
			{"mixing bowl", []material{stoneware, stainless, enamel, boro}, sizes("1 l", "2 l", "3.5 l", "5 l"), 1290, 4490, handful, "A pouring lip, and a foot that does not wander."},
		}},
		{"Baking tools", []line{
			{"rolling pin", []material{beech, oak, walnut, marble}, sizes("33 cm", "40 cm", "48 cm"), 1290, 4490, single, "Tapered ends, for pastry that ends up round."},
			{"spatula", []material{silicone, beech, stainless}, sizes("small", "medium", "large"), 490, 1490, handful, "Gets the last of the batter."},
			{"proving basket", []material{rattan, willow}, sizes("500 g", "750 g", "1 kg"), 1290, 2690, pairs, "Leaves its spiral on the crust."},
			{"cooling rack", []material{stainless, carbon}, sizes("30 x 23 cm", "40 x 25 cm", "46 x 30 cm"), 1190, 2490, handful, "Feet high enough for the steam to leave."},
		}},
	}},
	{"Kitchen tools", "UTN", []leaf{
		{"Knives", []line{
			{"chef's knife", []material{stainless, carbon}, handles, 4900, 18900, single, "A 20 cm blade, ground thin behind the edge."},
			{"paring knife", []material{stainless, carbon}, handles, 1490, 5900, handful, "The small knife that is always in use."},
			{"bread knife", []material{stainless, carbon}, handles, 3900, 11900, single, "Rounded serrations that cut crust and not crumb."},
		}},
		{"Chopping boards", []line{
			{"chopping board", boards, boardSizes, 1990, 9900, handful, "End to end from one plank, with a groove for juices."},
			{"bread board", boards, colours("round", "with handle", "with crumb tray"), 1990, 5900, single, "Lives on the table from breakfast to supper."},
		}},
		{"Utensils", []line{
			{"cooking spoon", []material{beech, oak, acacia, walnut}, sizes("25 cm", "30 cm", "35 cm"), 490, 1690, handful, "A corner that reaches into the edge of the pot."},
			{"whisk", []material{stainless, silicone}, sizes("20 cm", "25 cm", "30 cm"), 790, 1990, single, "Eleven wires, none of them loose."},
			{"colander", []material{stainless, enamel, bamboo}, sizes("20 cm", "24 cm", "28 cm"), 1490, 3990, single, "Stands by itself in the sink."},
			{"pepper mill", []material{beech, walnut, oak, stainless, brass}, sizes("12 cm", "18 cm", "26 cm"), 2490, 6990, pairs, "A steel grinder with six settings."},
			{"mortar and pestle", []material{marble, slate, castIron, porcelain}, sizes("10 cm", "13 cm", "16 cm"), 1990, 5490, single, "Heavy enough to stay where it is."},
		}},
	}},
	{"Food storage", "JAR", []leaf{
		{"Jars and canisters", []line{
			{"storage jar", []material{glass, boro, stoneware}, jarVolumes, 590, 2990, places, "An airtight lid of cork or oak."},
			{"canister", []material{stainless, enamel, steel}, colours("flour", "sugar", "coffee", "tea", "rice"), 1290, 2990, handful, "Labelled, stackable, and dark inside."},
			{"preserving jar", []material{glass}, jarVolumes, 290, 890, stack, "With rubber ring and clips."},
		}},
		{"Lunch boxes and bottles", []line{
			{"lunch box", []material{stainless, boro, bamboo}, sizes("0.8 l", "1.2 l", "1.8 l"), 1690, 3990, handful, "Two compartments and a lid that clicks."},
			{"insulated bottle", []material{stainless}, colours("black", "white", "sage green", "terracotta", "dusty blue"), 1990, 3990, handful, "Hot for twelve hours, cold for a day."},
		}},
		{"Bread bins", []line{
			{"bread bin", []material{enamel, steel, bamboo, oak}, colours("black", "white", "cream", "with board lid"), 2990, 8990, single, "Vents at the back keep a loaf from sweating."},
		}},
	}},
	{"Coffee and tea", "COF", []leaf{
		{"Coffee makers", []line{
			{"cafetière", []material{boro, stainless, stoneware}, sizes("0.35 l", "0.8 l", "1 l"), 2490, 7990, single, "A double mesh leaves the grounds behind."},
			{"pour-over dripper", []material{porcelain, stainless, glass, copper}, sizes("1-2 cups", "2-4 cups", "4-6 cups"), 1490, 4990, single, "Takes common paper filters."},
			{"espresso pot", []material{aluminium, stainless}, sizes("3 cups", "6 cups", "9 cups"), 2290, 5990, single, "For the hob, with a handle that does not melt."},
		}},
		{"Teapots", []line{
			{"teapot", []material{stoneware, porcelain, castIron, boro}, sizes("0.6 l", "1 l", "1.4 l"), 2490, 8990, single, "A strainer of steel, and a spout that behaves."},
		}},
		{"Grinders", []line{
			{"hand coffee grinder", []material{stainless, beech, walnut}, colours("fine burr", "travel size",
				"box mill"), 3990, 12900, single, "Conical burrs; a cup takes forty turns."},
		}},
	}},
	{"Kitchen linen", "KLN", []leaf{
		{"Tea towels", []line{
			{"tea towel", []material{linen, cotton, waffle, hemp}, linenColours, 690, 1790, places, "Leaves no lint on glass; 50 x 70 cm with a loop."},
		}},
		{"Aprons and gloves", []line{
			{"apron", []material{linen, cotton, canvas, hemp}, linenColours, 2490, 5990, single, "Crossed straps that do not pull at the neck."},
			{"oven glove", []material{cotton, linen, canvas}, linenColours, 1190, 2490, pairs, "Quilted, and long enough for the back of the oven."},
		}},
		{"Table linen", []line{
			{"tablecloth", []material{linen, cotton, hemp}, sizes("140 x 140 cm", "140 x 220 cm", "160 x 300 cm"), 3990, 12900, single, "Mitred corners and a deep hem."},
			{"napkin", []material{linen, cotton}, linenColours, 590, 1290, places, "45 cm square, sold singly."},
			{"placemat", []material{linen, cork, felt, leather, seagrass}, colours("round", "oval", "rectangular"), 690, 2290, places, "Protects the table and wipes clean."},
		}},
	}},
}}
