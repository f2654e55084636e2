package shop

import "slices"

// MovementReason says why stock moved.
type MovementReason string

// The reasons of inventory movements. Initial is the stock that a product was
// created with, Sale and Cancellation belong to an order item; the others are
// given by a person, and a Return may belong to an order item too, with the Damage of what
// came back.
const (
	Initial      MovementReason = "initial"
	Sale         MovementReason = "sale"
	Cancellation MovementReason = "cancellation"
	Receipt      MovementReason = "receipt"
	Return       MovementReason = "return"
	Adjustment   MovementReason = "adjustment"
	Damage       MovementReason = "damage"
	Stocktake    MovementReason = "stocktake"
)

// MovementReasons are all reasons.
var MovementReasons = []MovementReason{
	Initial, Sale, Cancellation, Receipt, Return, Adjustment, Damage, Stocktake,
}

// ManualReasons are the reasons that a person may give for moving stock.
var ManualReasons = []MovementReason{Receipt, Return, Adjustment, Damage, Stocktake}

// Manual reports whether a person may give this reason.
func (r MovementReason) Manual() bool { return slices.Contains(ManualReasons, r) }

// Values lists the allowed strings, for ent's enum fields.
func (MovementReason) Values() []string { return stringsOf(MovementReasons) }

// EventKind says what an entry of an order's timeline records.
type EventKind string

// The kinds of order events.
const (
	EventPlaced     EventKind = "placed"
	EventTransition EventKind = "transition"
	EventNote       EventKind = "note"
	EventReturn     EventKind = "return"
)

// Values lists the allowed strings, for ent's enum fields.
func (EventKind) Values() []string {
	return stringsOf([]EventKind{EventPlaced, EventTransition, EventNote, EventReturn})
}
