package shop

// SlugPattern is the pattern of a slug: words of lower-case letters and digits, joined by
// single hyphens.
const SlugPattern = `^[a-z0-9]+(-[a-z0-9]+)*$`

// EmailPattern is the pattern of an email address: the rule of browsers for <input
// type=email>, with a dot in the domain. It means the same in Go, in JavaScript and in JSON
// Schema.
const EmailPattern = `^[A-Za-z0-9.!#$%&'*+/=?^_\x60{|}~-]+` +
	`@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$`
