package invariant

import (
	"context"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/ent/customer"
	"github.com/storekeeper/storekeeper/internal/phone"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// PhoneDigits stores the digits of a customer's telephone number beside it, for searching,
// or null without a number. Writing the digits without the number is refused with
// KindInvalid.
func PhoneDigits() ent.Hook {
	return on(func(ctx context.Context, m *ent.CustomerMutation, next proceed) (ent.Value, error) {
		number, given := m.Phone()
		switch digits := phone.Digits(number); {
		case digits != "":
			m.SetPhoneDigits(digits)
		case given, m.PhoneCleared():
			m.ClearPhoneDigits()
		case touches(m, customer.FieldPhoneDigits):
			return nil, shop.Invalidf(customer.FieldPhoneDigits, "follows the telephone number: set that")
		}
		return next(ctx)
	})
}
