package report

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // for systems without a time zone database

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

// noZones are names that do not name a zone: "Local" is the zone of the server, and so are
// links to it in the system's database; the folders hold variants of the database, such as
// right, which counts leap seconds.
var noZones = []string{"Local", "localtime", "posixrules", "right", "posix"}
