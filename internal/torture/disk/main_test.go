//go:build linux

package disk_test

import (
	"os"
	"testing"

	"github.com/storekeeper/storekeeper/internal/programtest"
)

func TestMain(m *testing.M) { os.Exit(programtest.Main(m)) }
