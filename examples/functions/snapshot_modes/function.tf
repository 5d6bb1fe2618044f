locals {
  # Each mode that MySQL connectors of Debezium 3.5 have, with what it does.
  snapshot_modes = provider::debezium::snapshot_modes("mysql", "3.5")
}

output "modes" {
  value = keys(local.snapshot_modes)
}

output "meaning_of_initial" {
  value = local.snapshot_modes["initial"]
}
