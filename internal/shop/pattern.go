package shop

// SlugPattern is what a slug looks like: words of lower-case letters and digits,
// joined by single hyphens.
const SlugPattern = `^[a-z0-9]+(-[a-z0-9]+)*$`

// EmailPattern is what an email address looks like: the rule of browsers for
// <input type=email>, with a dot in the domain. It reads the same in Go, in
// JavaScript and in JSON Schema.
const EmailPattern = `^[A-Za-z0-9.!#$%&'*+/=?^_\x60{|}~-]+` +
	`@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$`
