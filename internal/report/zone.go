package report

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // zones are known on systems without a database of them, too

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Zone returns the time zone with an IANA name, or UTC when the name is empty. The error is
// KindInvalid naming query.tz.
func Zone(name string) (*time.Location, error) {
	zone, err := time.LoadLocation(name)
	if folder, _, _ := strings.Cut(name, "/"); err != nil || slices.Contains(noZones, folder) {
		return nil, shop.Invalidf("query.tz", "expected an IANA time zone such as Europe/Berlin")
	}
	return zone, nil
}

// noZones are what is found under names that are none: "Local" is the server's,
// whatever that is, and so are the links to it in the database of a system; the
// folders hold variants of the database, of which right counts leap seconds.
var noZones = []string{"Local", "localtime", "posixrules", "right", "posix"}
