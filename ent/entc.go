//go:build ignore

// Command entc generates everything that derives from the ent schemas.
package main

import (
	"log"
	"strings"

	"entgo.io/ent/entc"
	"entgo.io/ent/entc/gen"

	"github.com/storekeeper/storekeeper/internal/adminapi"
)

func main() {
	err := entc.Generate("./ent/schema", &gen.Config{
		Target:   "./ent",
		Package:  "github.com/storekeeper/storekeeper/ent",
		Features: []gen.Feature{gen.FeaturePrivacy, gen.FeatureIntercept, gen.FeatureLock, gen.FeatureModifier, gen.FeatureExecQuery},
	}, entc.TemplateDir("./ent/template"), entc.Extensions(adminapi.NewExtension("./handlers", "./internal/access")))
	if err != nil && strings.Contains(err.Error(), "entc/load") {
		log.Fatal("generate: ", err, "\nNothing was written: what ent/schema imports has to compile first. "+
			`See "When it does not compile" in docs/extending.md.`)
	}
	if err != nil {
		log.Fatal("generate: ", err)
	}
}
