package seed

// material is what a product is made of, or the plant that a seed grows into.
type material struct {
	name string // as in the product's name: "Oak"
	note string // a sentence for the description
}

// Materials that several lines of products share.
var (
	oak       = material{"Oak", "Solid European oak, which darkens a little with age."}
	beech     = material{"Beech", "Solid beech, close-grained and hard-wearing."}
	walnut    = material{"Walnut", "American walnut with its natural grain."}
	ash       = material{"Ash", "Pale ash with a lively grain."}
	birch     = material{"Birch", "Birch plywood with visible edges."}
	pine      = material{"Pine", "Slow-grown northern pine."}
	acacia    = material{"Acacia", "Oiled acacia; every piece has its own pattern."}
	bamboo    = material{"Bamboo", "Bamboo, light and quick to dry."}
	teak      = material{"Teak", "Plantation teak that weathers to silver grey outdoors."}
	eucalypt  = material{"Eucalyptus", "Oiled eucalyptus for a sheltered terrace."}
	rattan    = material{"Rattan", "Woven by hand from natural rattan."}
	seagrass  = material{"Seagrass", "Plaited seagrass with a slight scent of hay."}
	jute      = material{"Jute", "Undyed jute, coarse and warm underfoot."}
	willow    = material{"Willow", "Peeled willow, woven in the round."}
	steel     = material{"Steel", "Powder-coated steel."}
	stainless = material{"Stainless steel", "18/10 stainless steel, dishwasher safe."}
	brass     = material{"Brass", "Unlacquered brass that takes on a patina."}
	copper    = material{"Copper", "Copper with a tinned inside."}
	aluminium = material{"Aluminium", "Light recycled aluminium."}
	castIron  = material{"Cast iron", "Seasoned cast iron; wash by hand and dry at once."}
	carbon    = material{"Carbon steel", "Carbon steel that turns non-stick with use."}
	enamel    = material{"Enamelled", "Glass enamel on steel, easy to wipe clean."}
	stoneware = material{"Stoneware", "Reactive glaze: no two pieces are quite alike."}
	porcelain = material{"Porcelain", "Thin, hard porcelain for every day."}
	earthen   = material{"Earthenware", "Thrown earthenware; chips are part of its life."}
	terra     = material{"Terracotta", "Frost-resistant terracotta, fired at 1,050 °C."}
	concrete  = material{"Concrete", "Cast concrete, sealed on the inside."}
	zinc      = material{"Zinc", "Galvanised zinc that will not rust."}
	glass     = material{"Glass", "Mouth-blown from recycled glass."}
	boro      = material{"Borosilicate", "Borosilicate glass, safe in the oven and the freezer."}
	marble    = material{"Marble", "Honed marble; protect it from lemon and wine."}
	slate     = material{"Slate", "Split slate with a natural edge."}
	cork      = material{"Cork", "Pressed cork from Portugal."}
	felt      = material{"Felt", "Felt made of recycled bottles."}
	leather   = material{"Leather", "Vegetable-tanned leather."}
	linen     = material{"Linen", "Stonewashed linen, softer with every wash."}
	cotton    = material{"Cotton", "Long-staple organic cotton."}
	waffle    = material{"Waffle cotton", "Waffle weave that dries fast."}
	hemp      = material{"Hemp", "Half hemp, half cotton."}
	wool      = material{"Wool", "New wool, spun and woven in one mill."}
	merino    = material{"Merino", "Fine merino that does not scratch."}
	velvet    = material{"Velvet", "Dense cotton velvet."}
	boucle    = material{"Bouclé", "Looped bouclé with a soft hand."}
	corduroy  = material{"Corduroy", "Wide-wale corduroy."}
	sheepskin = material{"Sheepskin", "A by-product of farming, tanned without chrome."}
	paper     = material{"Paper", "Folded washi paper."}
	recycled  = material{"Recycled", "Made from post-consumer waste."}
	silicone  = material{"Silicone", "Food-safe silicone up to 230 °C."}
	beeswax   = material{"Beeswax", "Pure beeswax from small apiaries."}
	soy       = material{"Soy wax", "Soy wax with a cotton wick; burns about 40 hours."}
	rapeseed  = material{"Rapeseed wax", "Rapeseed wax, poured by hand."}
	canvas    = material{"Canvas", "Heavy waxed canvas."}
	ply       = material{"Plywood", "Poplar plywood, cut and oiled."}
	mesh      = material{"Mesh", "Breathable mesh with a firm edge."}
	horsehair = material{"Horsehair", "Horsehair set in oiled beech."}
	tampico   = material{"Tampico", "Stiff agave fibre that shrugs off hot water."}
)

// Palettes are the materials that a line of products comes in.
var (
	hardwoods  = []material{oak, beech, walnut, ash}
	shelfwoods = []material{oak, birch, pine, walnut}
	boards     = []material{oak, beech, acacia, bamboo, walnut}
	outdoors   = []material{teak, eucalypt, acacia, aluminium}
	wickers    = []material{rattan, seagrass, willow, jute}
	upholstery = []material{velvet, boucle, corduroy, linen, wool}
	bedding    = []material{linen, cotton, hemp}
	towelling  = []material{cotton, waffle, linen}
	ceramics   = []material{stoneware, porcelain, earthen}
	pots       = []material{terra, stoneware, concrete, zinc}
	shades     = []material{linen, paper, glass, rattan, brass}
	warm       = []material{wool, merino, cotton}
	pans       = []material{castIron, carbon, stainless, copper}
	waxes      = []material{beeswax, soy, rapeseed}
	brushwoods = []material{tampico, horsehair}
	desktops   = []material{oak, walnut, birch, bamboo}
	organisers = []material{oak, felt, steel, cork, leather}
)
