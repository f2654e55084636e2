package seed

import "strings"

// collections are the names of series. Once a line has used all its materials and
// variations, it starts again under the next name.
var collections = strings.Fields(`
Halden Rosvik Almira Tove Marlow Fjella Corvo Sandby Elmet Kestrel Osier Larkfield Brisa Nocturne
Alder Vesper Lumi Saana Solveig Tindra Hedda Maren Runa Sigrid Aurelia Lucca Siena Verano Estrela
Calla Mistral Cadence Harbour Orchard Lantern Meadow Heron Plover Curlew Wren Teasel Bramble Sorrel
Yarrow Hollin Thornby Ashdale Fenwick Langley Selby Hartwell Denholm Kinloch Lomond Skye Arran Isla
Bruma Duna Faro Garoa Lagoa Serra Tejo Vento Amara Kaya Zuri Nila Indra Tara Mira Asha Rani Noor
Safi Jaleh Leyla Selin Defne Ayla Ilgaz Kumo Haru Natsu Aki Fuyu Sora Umi Mori Kaze Hoshi Tsuki`)

// editions distinguish the rounds through the collections.
var editions = []string{"", "Studio ", "Classic ", "Atelier ", "Edition ", "Select ", "Origin ", "Signature "}

// collection returns the name of the n-th series. The zeroth has no name. Names repeat
// after several hundred.
func collection(n int64) string {
	if n == 0 {
		return ""
	}
	n--
	round := n / int64(len(collections))
	return collections[n%int64(len(collections))] + " " + editions[round%int64(len(editions))]
}
