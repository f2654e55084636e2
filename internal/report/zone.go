package report

import (
	"strings"
	"time"
	_ "time/tzdata" // zones are known on systems without a database of them, too

	"github.com/storekeeper/storekeeper/internal/shop"
)

// Zone finds a time zone by its IANA name, UTC when the name is empty. The error
// is of KindInvalid and names query.tz.
func Zone(name string) (*time.Location, error) {
	// "Local" is the server's, whatever that is, and so are the links to it in the
	// database of a system; the folders hold variants of the database, of which right
	// counts leap seconds.
	switch folder, _, _ := strings.Cut(name, "/"); folder {
	case "Local", "localtime", "posixrules", "right", "posix":
		return nil, unknownZone()
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, unknownZone()
	}
	return zone, nil
}

func unknownZone() error {
	return shop.Invalidf("query.tz", "expected an IANA time zone such as Europe/Berlin")
}
