-- Create "tallies" table
CREATE TABLE `tallies` (
  `id` integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  `created_at` datetime NOT NULL,
  `name` text NOT NULL,
  `number` integer NOT NULL
);
-- Create index "tallies_name_key" to table: "tallies"
CREATE UNIQUE INDEX `tallies_name_key` ON `tallies` (`name`);
