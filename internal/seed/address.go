package seed

import "strconv"

// town is a place that parcels are sent to, with the streets of its country. All towns
// are invented, so that nobody gets a parcel by mistake.
type town struct {
	streets []string
	// numberFirst reports whether the house number comes before the street.
	numberFirst bool
	line        string // below the street
	country     string
}

var (
	germanStreets = []string{
		"Lindenstraße", "Am Mühlbach", "Gartenweg", "Kastanienallee", "Schulgasse", "Bahnhofstraße", "Hinter der Kirche", "Rosenweg",
		"Birkenallee", "Alte Gerberei", "Kirschgarten", "Uferstraße",
	}
	frenchStreets = []string{
		"rue des Tilleuls", "allée du Moulin", "rue de l'Abreuvoir", "chemin des Vignes", "place du Marché", "quai des Bateliers",
	}
	englishStreets = []string{
		"Orchard Lane", "Mill Road", "Church Row", "Station Terrace", "Larkfield Avenue", "Weaver's Yard", "Cherry Tree Close",
	}
	dutchStreets  = []string{"Molenweg", "Kerkstraat", "Lindelaan", "Havenkade", "Tuinstraat"}
	nordicStreets = []string{"Björkvägen", "Kvarngatan", "Trädgårdsgatan", "Hamngatan", "Solvägen"}
)

// towns are drawn with equal chances, so nearby ones are listed more often.
var towns = []town{
	{germanStreets, false, "04993 Lindenbrück", "Germany"},
	{germanStreets, false, "17994 Altenmoor am See", "Germany"},
	{germanStreets, false, "39998 Wiesenthal-Süd", "Germany"},
	{germanStreets, false, "58997 Obersteinach", "Germany"},
	{germanStreets, false, "76995 Rebenau", "Germany"},
	{germanStreets, false, "89991 Königsried", "Germany"},
	{germanStreets, false, "5997 Sankt Florin", "Austria"},
	{germanStreets, false, "8996 Unterhall", "Austria"},
	{germanStreets, false, "9994 Seewies", "Switzerland"},
	{frenchStreets, true, "67993 Valmoulin", "France"},
	{frenchStreets, true, "21995 Saint-Aubin-des-Prés", "France"},
	{englishStreets, true, "Market Ashby\nZZ4 7QX", "United Kingdom"},
	{englishStreets, true, "Ballinvale\nCo. Moyle", "Ireland"},
	{dutchStreets, false, "9996 ZZ Oudermeer", "Netherlands"},
	{nordicStreets, false, "991 94 Björkvik", "Sweden"},
}

// doors are additions to the house number that some addresses need.
var doors = []string{"2nd floor", "Rear building", "c/o Reception", "Apartment 14", "Studio 3", "Ring at No. 1"}

// The purposes of the random draws for an address.
const (
	drawKnown uint64 = 40 + iota
	drawTown
	drawStreet
	drawHouse
	drawDoor
	drawElsewhere
)

// addressOf returns the address of a customer, or "" for the few whose address is not
// known. It depends only on the seed and the customer's id, so that an order needs no
// look-up.
func addressOf(seed uint64, customer int64) string {
	id := uint64(customer)
	if fraction(seed, drawKnown, id) < 0.03 {
		return ""
	}
	return place(seed, id)
}

// sentTo returns where an order is sent: to the customer's address, except for a few
// gifts.
func sentTo(seed uint64, order, customer int64) string {
	if fraction(seed, drawElsewhere, uint64(order)) < 0.03 {
		return place(seed, drawElsewhere, uint64(order))
	}
	return addressOf(seed, customer)
}

// place invents an address; the same numbers always give the same address.
func place(parts ...uint64) string {
	draw := func(purpose uint64, n int) int { return int(fraction(append(parts, purpose)...) * float64(n)) }
	at := &towns[draw(drawTown, len(towns))]
	street := at.streets[draw(drawStreet, len(at.streets))]
	house := strconv.Itoa(1 + draw(drawHouse, 140))
	if at.numberFirst {
		street = house + " " + street
	} else {
		street += " " + house
	}
	if door := draw(drawDoor, 8*len(doors)); door < len(doors) {
		street += "\n" + doors[door]
	}
	return street + "\n" + at.line + "\n" + at.country
}
