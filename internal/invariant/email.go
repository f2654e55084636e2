package invariant

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

var email = regexp.MustCompile(shop.EmailPattern)

// ValidEmail reports an error when the address does not match shop.EmailPattern.
func ValidEmail(address string) error {
	if !email.MatchString(address) {
		return errors.New("expected an email address such as jane@example.com")
	}
	return nil
}

// addressed is a mutation of an entity with an email address.
type addressed interface {
	Email() (string, bool)
	SetEmail(address string)
}

// LowerCaseEmail converts email addresses to lower case and trims them, before they are
// validated and compared. The API already refuses surrounding blanks, because its pattern
// is shop.EmailPattern; trimming is for other writers.
func LowerCaseEmail() ent.Hook {
	return on(func(ctx context.Context, m addressed, next proceed) (ent.Value, error) {
		if address, ok := m.Email(); ok {
			m.SetEmail(shop.Lower(strings.TrimSpace(address)))
		}
		return next(ctx)
	})
}
