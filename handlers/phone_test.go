package handlers_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// found returns the names of the customers that a list finds by these texts.
func (a *api) found(texts ...string) string {
	a.t.Helper()
	list := a.get("/customers?sort=name&" + url.Values{"q": texts}.Encode()).is(200)
	var names []string
	for _, item := range array(list.at("items")) {
		names = append(names, text(object(item)["name"]))
	}
	if list.int("total") != int64(len(names)) {
		a.t.Errorf("q=%q: %d found, %d counted", texts, len(names), list.int("total"))
	}
	return strings.Join(names, " ")
}

// Customers are found by their telephone number, however it was written and is typed, word
// by word.
func TestCustomersByPhone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		for name, number := range map[string]any{
			"Ann": "+49 176 123-456", "Bob": "0176/123456", "Cy": "0049 (0)176 123 456", "Dee": "176123456", "Eve": "+43 176 123456", "Fay": nil, "Gus": "(415) 555-0123", "Jun": "٠٢١ ５５ ۷۷۷",
			"Hal": "+1 305 555 0123", "Ida": "ask for 24-7", "Oak 2024": "",
		} {
			a.post("/customers", map[string]any{"email": strings.ToLower(name[:2]) + "@example.com", "name": name, "phone": number}).is(201)
		}
		for typed, want := range map[string]string{
			// In any spelling. A number without a country code matches; one with another
			// code does not.
			"+49 176 123456": "Ann Bob Cy Dee", "00 49 176 123456": "Ann Bob Cy Dee", "+49 (0)176/123-456": "Ann Bob Cy Dee",
			"49176123456": "Ann Bob Cy Dee", "+43 176 123456": "Bob Dee Eve",
			"021 55777": "Jun", "۰۲۱۵۵۷۷۷": "Jun", "٠١٧٦١٢٣٤٥٦": "Ann Bob Cy Dee Eve",
			"0176123456": "Ann Bob Cy Dee Eve", "0176 123456": "Ann Bob Cy Dee Eve", "176123456": "Ann Bob Cy Dee Eve", "(0176) 12 34.56": "Ann Bob Cy Dee Eve",
			"415 555 0123": "Gus", "1-415-555-0123": "Gus", "+1 415 5550123": "Gus", "(305) 555-0123": "Hal", "555-0123": "Gus Hal",
			// Five digits of it are enough.
			"76123 45": "Ann Bob Cy Dee Eve", "61234": "Ann Bob Cy Dee Eve",
			// Shorter texts, and texts with letters, are searched as before.
			"6123": "Dee", "123-4": "Ann", "24-7": "Ida", "oak 2024": "Oak 2024", "2024": "Oak 2024", "61234@": "", "%61234": "", "x61234": "",
		} {
			words := strings.Fields(typed)
			for _, texts := range [][]string{{typed}, words} {
				if got := a.found(texts...); got != want {
					t.Errorf("%q finds %s, want %s", texts, got, want)
				}
			}
			if got := a.found(append([]string{"b"}, words...)...); (got == "Bob") != strings.Contains(want, "Bob") {
				t.Errorf("%q and b find %s", words, got)
			}
		}
		for want, texts := range map[string][]string{
			"Bob": {"bob", "0176", "123456"}, "Dee": {"6123", "45"}, "Ann Bob Cy Dee Eve": {"01", "76", "12", "34", "56"},
			"Oak 2024": {"20", "24", "oak"}, "": {"56", "34", "12", "76", "1"},
		} {
			if got := a.found(texts...); got != want {
				t.Errorf("%q find %s, want %s", texts, got, want)
			}
		}
		// The cursor of a later page depends on the number.
		first := a.get("/customers?sort=name&limit=2&q=0176&q=12+3456").is(200).has("items.1.name", "Bob")
		a.get("/customers?sort=name&limit=2&q=0176&q=12+3456&cursor="+text(first.at("next_cursor"))).is(200).has("items.0.name", "Cy")
		a.get("/customers?sort=name&limit=2&q=12+3456&q=0176&cursor="+text(first.at("next_cursor"))).problem(422, "invalid", "query.cursor")
	})
}

// The digits by which a customer is found follow the number with every kind of write, and
// the API never shows them.
func TestPhoneIsKept(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		one := a.post("/customers", `{"email":"one@example.com","name":"One","phone":"+49 30 11-11-11"}`).is(201).int("id")
		path := in("/customers/%d", one)
		is := func(step, now string, before ...string) {
			t.Helper()
			if got := a.found(now); got != "One" {
				t.Errorf("%s: %s finds %q", step, now, got)
			}
			for _, number := range before {
				if got := a.found(number); got != "" {
					t.Errorf("%s: %s still finds %q", step, number, got)
				}
			}
		}
		is("created", "030111111")
		patched := a.patch(path, `{"phone":"+49 30 22-22-22"}`).is(200)
		is("patched", "030222222", "030111111")
		a.post("/customers/bulk", map[string]any{"ids": []int64{one}, "patch": map[string]any{"phone": "+49 30 33-33-33"}}).is(200)
		is("in bulk", "030333333", "030222222")
		a.sheet("/customers", "email,phone\none@example.com,+49 30 44-44-44\n").is(200)
		is("imported", "030444444", "030333333")
		a.post(in("/audit-entries/%d/revert", a.newest()), nil).is(200)
		is("reverted", "030333333", "030444444")
		a.delete(path).is(204)
		if got := a.found("030333333"); got != "" {
			t.Errorf("deleted: %s", got)
		}
		a.post(path+"/restore", nil).is(200)
		is("restored", "030333333")

		seen := []string{
			patched.Text, a.get(path).Text, a.get("/customers?q=030333333").Text, a.get(path + "/history").Text, a.get(path + "/personal-data").Text,
			a.get("/audit-entries").Text, a.get("/schema").Text, a.exported("customers"), string(a.closed()),
		}
		for i, answer := range seen {
			if strings.Contains(answer, "phone_digits") || strings.Contains(answer, "4930333333") {
				t.Errorf("answer %d shows it: %s", i, answer)
			}
		}
		a.patch(path, `{"phone_digits":"1"}`).problem(422, "invalid", "body.phone_digits")
		a.get("/customers?phone_digits=1").problem(422, "invalid", "query.phone_digits")
		a.get("/customers?sort=phone_digits").problem(422, "invalid", "query.sort")

		a.patch(path, `{"phone":null}`).is(200)
		if got := a.found("030333333"); got != "" {
			t.Errorf("taken away: %s", got)
		}
	})
}

// The global search finds customers by telephone number too, exact matches first.
func TestSearchByPhone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *api) {
		for name, number := range map[string]string{"Ann": "+49 176 123-456", "Bob": "0176 123456", "Cy": "0176 123456-7"} {
			a.post("/customers", map[string]any{"email": strings.ToLower(name) + "@example.com", "name": name, "phone": number}).is(201)
		}
		for typed, want := range map[string]string{
			"+49 176 123456": "Ann 1, Bob 1, Cy 3", "0176 123456": "Ann 3, Bob 1, Cy 2", "(0176) 123456": "Ann 3, Bob 1, Cy 3", "176": "", "76 123": "Ann 3, Bob 3, Cy 3",
		} {
			var got []string
			for _, item := range array(a.get("/search?q=" + url.QueryEscape(typed)).is(200).at("items")) {
				hit := object(item)
				got = append(got, fmt.Sprint(hit["title"], " ", hit["rank"]))
				if !strings.Contains(text(hit["subtitle"]), "176") {
					t.Errorf("%q: the number is not shown: %v", typed, hit)
				}
			}
			slices.Sort(got)
			if strings.Join(got, ", ") != want {
				t.Errorf("%q finds %v, want %s", typed, got, want)
			}
		}
	})
}
