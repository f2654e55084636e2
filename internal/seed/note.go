package seed

import (
	"fmt"
	"math/rand/v2"
)

// Notes and reasons that people write.
var (
	earlyReasons = []string{
		"Customer changed their mind", "Ordered twice by mistake", "Payment was declined", "Wrong delivery address",
		"Found it cheaper elsewhere", "Customer wants a different colour and orders again",
	}
	lateReasons = []string{
		"Damaged while packing, no replacement in time", "Customer cancelled by phone", "Address cannot be served",
		"Customer did not answer a question about the delivery",
	}
	arrivals = []string{
		"Left with a neighbour", "Left in the porch", "Signed for at reception", "Second attempt", "Picked up at the parcel shop",
	}
	remarks = []string{
		"Customer asks for delivery after 5 pm", "Gift: no invoice in the parcel, please", "Ring at the back door",
		"Wrapped as a gift", "Customer called about the delivery date", "Invoice sent again by mail",
		"Goes with the order of last week", "Fragile, double-walled box", "Delivery on Thursday at the earliest",
		"Asked for a swatch to be added",
	}
	customerNotes = []string{
		"Prefers to be called before delivery.", "Buys for a holiday flat; invoices to the letting agency.",
		"Regular: always ask about the seasonal candles.", "Lives on the fifth floor, no lift.",
		"Allergic to wool, no throws or samples.", "Would like to be told when the ash chairs are back.",
		"Reports every scratch; pack with care.", "Collects in the shop on Saturdays.",
		"Pays by bank transfer, usually within two days.", "Moved in spring; check the address on old orders.",
	}
	companyNotes = []string{
		"Trade customer, 30 days net.", "Deliver to the yard entrance, mornings only.",
		"Orders by e-mail; needs the purchase number on the invoice.",
		"Asks for volume prices from 20 pieces.", "Invoice monthly.",
	}
	damages = []string{
		"Cracked in the rack", "Dropped while packing", "Water damage", "Arrived broken from the supplier", "Scratched in the showroom",
	}
	losses = []string{"Taken for a photo shoot", "Sample for a trade customer", "Wrong count at goods-in", "Used as a display piece"}
	finds  = []string{"Found behind the rack", "Back from the photo shoot", "Wrong count at goods-in", "Booked out twice"}
	regret = []string{"does not fit", "wrong colour", "not as expected", "two of the same", "unwanted gift", brokenInTransit}
)

func trackingNote(r *rand.Rand) string {
	return fmt.Sprintf("%s %014d", pick(r, []string{"DHL", "DPD", "GLS", "UPS", "Post"}), r.Int64N(100_000_000_000_000))
}

func receiptNote(r *rand.Rand, at moment) string {
	return fmt.Sprintf("PO-%d-%05d", at.time().Year(), r.IntN(100_000))
}

func countNote(counted, expected int64) string {
	return fmt.Sprintf("Counted %d, expected %d", counted, expected)
}

// brokenInTransit is why goods come back that cannot be sold again.
const brokenInTransit = "damaged in transit"
