terraform {
  required_providers {
    debezium = {
      source = "cdc/debezium"
    }
  }
}

provider "debezium" {
  url = "http://connect-1.internal:8083"

  # Further workers of the same cluster, for when the first can't be reached.
  failover_urls = ["http://connect-2.internal:8083"]
}
