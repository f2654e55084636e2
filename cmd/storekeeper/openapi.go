package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/storekeeper/storekeeper/handlers"
)

type openAPICmd struct{}

// Run prints the OpenAPI document. It needs no database.
func (openAPICmd) Run(a *app) error {
	server, err := handlers.New(handlers.Config{Currency: a.currency, Log: a.log, Version: version()})
	if err != nil {
		return err
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, server.OpenAPI(), "", "  "); err != nil {
		return fmt.Errorf("openapi: %w", err)
	}
	pretty.WriteByte('\n')
	if _, err = a.out.Write(pretty.Bytes()); err != nil {
		return fmt.Errorf("openapi: %w", err)
	}
	return nil
}
