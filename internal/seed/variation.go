package seed

// variation is a choice within a line: either of colours, which all cost the same, or of
// sizes, which cost more from the first to the last.
type variation struct {
	names []string
	sizes bool
}

func colours(names ...string) variation { return variation{names: names} }

func sizes(names ...string) variation { return variation{names: names, sizes: true} }

// Choices that several lines share.
var (
	woodFinishes   = colours("natural oil", "white oil", "walnut stain", "black stain", "clear lacquer", "smoked")
	fabricColours  = colours("sand", "charcoal", "forest green", "rust", "ink blue", "oatmeal", "ochre", "dusty rose")
	linenColours   = colours("natural", "white", "slate blue", "sage", "clay", "graphite", "mustard")
	towelColours   = colours("white", "stone", "moss", "navy", "terracotta", "pale grey")
	glazes         = colours("speckled white", "sea blue", "charcoal", "moss", "sand", "oxblood", "celadon")
	metalColours   = colours("black", "white", "sage green", "signal red", "dusty blue", "grey")
	glassTints     = colours("clear", "smoke", "amber", "olive", "pale blue")
	scents         = colours("cedar and moss", "fig leaf", "orange blossom", "black tea", "unscented", "rosemary")
	handles        = colours("oak handle", "walnut handle", "black handle", "olive wood handle")
	panSizes       = sizes("20 cm", "24 cm", "28 cm", "32 cm")
	panVolumes     = sizes("1.5 l", "2.5 l", "4 l", "6 l")
	jarVolumes     = sizes("0.25 l", "0.5 l", "1 l", "1.5 l", "2 l")
	potSizes       = sizes("12 cm", "16 cm", "20 cm", "26 cm", "32 cm", "40 cm")
	boardSizes     = sizes("30 x 20 cm", "40 x 28 cm", "50 x 35 cm")
	tableSizes     = sizes("140 x 80 cm", "160 x 90 cm", "180 x 90 cm", "220 x 95 cm")
	roundSizes     = sizes("45 cm", "60 cm", "80 cm", "95 cm")
	rugSizes       = sizes("60 x 90 cm", "80 x 200 cm", "140 x 200 cm", "170 x 240 cm", "200 x 300 cm")
	duvetSizes     = sizes("140 x 200 cm", "155 x 220 cm", "200 x 200 cm", "240 x 220 cm")
	bedSizes       = sizes("90 x 200 cm", "140 x 200 cm", "160 x 200 cm", "180 x 200 cm")
	frameSizes     = sizes("13 x 18 cm", "21 x 30 cm", "30 x 40 cm", "50 x 70 cm")
	basketSizes    = sizes("small", "medium", "large")
	deskSizes      = sizes("100 x 60 cm", "120 x 70 cm", "140 x 70 cm", "160 x 80 cm")
	shelfSizes     = sizes("two shelves", "three shelves", "four shelves", "five shelves")
	paperRulings   = colours("plain", "ruled", "dotted", "squared")
	seedPackets    = sizes("trial packet", "standard packet", "allotment packet")
	setSizes       = sizes("set of 2", "set of 4", "set of 6")
	capacities     = sizes("5 l", "12 l", "20 l", "30 l")
	gardenFinishes = colours("natural", "grey wash", "dark oil", "white wash")
)

// portion lists how many of a product people put into the cart. All entries are equally
// likely.
type portion []int64

var (
	single  = portion{1, 1, 1, 1, 1, 1, 1, 1, 1, 2}
	handful = portion{1, 1, 1, 2, 2, 3}
	pairs   = portion{1, 2, 2, 2, 4, 4}
	places  = portion{2, 4, 4, 6, 6, 8}
	stack   = portion{1, 2, 3, 5, 5, 10, 20}
)
