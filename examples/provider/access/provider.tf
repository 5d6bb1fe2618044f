# Secrets that are in no file: ephemeral variables, or DEBEZIUM_CONNECT_PASSWORD
# and DEBEZIUM_CONNECT_CLIENT_KEY_FILE.
variable "connect_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "client_key_pem" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "ca_cert_pem" {
  type = string
}

variable "client_cert_pem" {
  type = string
}

provider "debezium" {
  url      = "https://connect.internal:8443"
  username = "terraform"
  password = var.connect_password

  tls = {
    ca_cert_pem     = var.ca_cert_pem
    client_cert_pem = var.client_cert_pem
    client_key_pem  = var.client_key_pem
  }

  # What plans make of a database that the worker can't reach.
  validation = {
    database_connection = "error"
    database_timeout    = "5s"
  }
}
