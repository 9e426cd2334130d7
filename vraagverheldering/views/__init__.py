"""What people see of conversations, one module per screen."""
