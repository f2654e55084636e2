package shopify

import (
	"cmp"
	"fmt"
)

// customers takes each customer with the default address.
func (e *export) customers() *Files {
	customers := make([][]string, 0, 1+len(e.rows))
	customers = append(customers, []string{"email", "name", "phone", "address", "note"})
	unreachable := 0
	for _, row := range e.rows {
		of := func(part string) string { return e.cell(row, "default address "+part, part) }
		email, company := e.cell(row, "email"), of("company")
		if email == "" {
			unreachable++
		}
		name := cmp.Or(join(" ", e.cell(row, "first name"), e.cell(row, "last name")), company, email)
		country := e.cell(row, "default address country", "country", "default address country code", "country code")
		province := e.cell(row, "default address province code", "province code", "default address province", "province")
		street := join("\n", of("address1"), of("address2"), join(" ", of("zip"), of("city")))
		address := ""
		if street != "" { // the other parts alone lead nowhere
			if company == name {
				company = ""
			}
			address = join("\n", company, street, join(", ", province, country))
		}
		note := e.cell(row, "note")
		if tags := e.cell(row, "tags"); tags != "" {
			note = join("\n", note, "Tags: "+tags)
		}
		customers = append(customers, []string{email, name, e.cell(row, "phone", "default address phone"), address, note})
	}
	files := &Files{Tables: []Table{{"customers.csv", customers}}}
	if unreachable > 0 {
		files.Remarks = append(files.Remarks, fmt.Sprintf("Customers without an email address, which the import refuses: %d", unreachable))
	}
	return files
}
