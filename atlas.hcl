# For Atlas's own command line (the community edition will do), which works on
# the same migrations and the same history table as `storekeeper migrate`:
# either goes on where the other stopped.
#
#   atlas migrate apply --env sqlite --var database_url=sqlite://storekeeper.db
#   atlas migrate status --env postgres --var database_url=$DATABASE_URL
#   atlas migrate lint --env postgres --latest 1 --var dev_url=$STOREKEEPER_DEV_DATABASE_URL
#
# The desired schemas are written by `go generate ./...`.

variable "database_url" {
  type        = string
  default     = ""
  description = "Database to migrate: postgres://… or sqlite://FILE."
}

variable "dev_url" {
  type        = string
  default     = ""
  description = "Empty PostgreSQL database in which Atlas tries things out; what is in it gets lost."
}

env "postgres" {
  src = "file://ent/migrate/desired/postgres.sql"
  url = var.database_url
  dev = urlqueryset(var.dev_url, "search_path", "public")

  migration {
    dir              = "file://ent/migrate/migrations/postgres"
    revisions_schema = "public"
  }

  lint {
    destructive {
      error = true
    }
  }
}

env "sqlite" {
  src = "file://ent/migrate/desired/sqlite.sql"
  url = var.database_url
  dev = "sqlite://dev?mode=memory"

  migration {
    dir = "file://ent/migrate/migrations/sqlite"
  }

  lint {
    destructive {
      error = true
    }
  }
}
