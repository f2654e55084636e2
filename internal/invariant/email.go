package invariant

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"github.com/storekeeper/storekeeper/ent"
	"github.com/storekeeper/storekeeper/internal/shop"
)

// EmailPattern is what an email address looks like: the rule of browsers for
// <input type=email>, with a dot in the domain. It reads the same in Go, in
// JavaScript and in JSON Schema.
const EmailPattern = `^[A-Za-z0-9.!#$%&'*+/=?^_\x60{|}~-]+` +
	`@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$`

var email = regexp.MustCompile(EmailPattern)

// ValidEmail reports an error when the address does not match EmailPattern.
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

// LowerCaseEmail writes email addresses in lower case and without blanks around
// them, before they are validated and compared. The API has refused such blanks by
// then, since its pattern is EmailPattern; they are cut off for other writers.
func LowerCaseEmail() ent.Hook {
	return on(func(ctx context.Context, m addressed, next proceed) (ent.Value, error) {
		if address, ok := m.Email(); ok {
			m.SetEmail(shop.Lower(strings.TrimSpace(address)))
		}
		return next(ctx)
	})
}
