package lint

import (
	"fmt"
	"slices"
	"strings"
)

// sensitive lists the kinds of data that call for encryption at rest: personal
// data (GDPR art. 32), health data, card data (PCI DSS 3.5), and secrets.
func sensitive() []string {
	return []string{
		"pii", "personal", "gdpr", "phi", "health", "medical", "pci", "card", "payment", "financial",
		"credential", "credentials", "password", "passwords", "secret", "secrets", "biometric", "location",
	}
}

// unencryptedSensitiveStore reports stores of sensitive data that are not
// encrypted, or do not say whether they are.
func unencryptedSensitiveStore(p *Pass) {
	words := sensitive()
	for _, s := range p.Sys.Stores {
		i := slices.IndexFunc(s.Data, func(d string) bool { return slices.Contains(words, strings.ToLower(d)) })
		if i < 0 || s.Encrypted != nil && *s.Encrypted {
			continue
		}
		state := "does not say that it is encrypted"
		if s.Encrypted != nil {
			state = "is not encrypted"
		}
		p.Report(s.Origin.At("encrypted"), "stores."+s.ID,
			fmt.Sprintf("store %q keeps %q data and %s", s.ID, s.Data[i], state),
			"encrypt it at rest and write `encrypted: true`", related(s.Origin.At("data"), "the data it keeps"))
	}
}
