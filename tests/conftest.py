"""What every test stands on: real rows, a closed network, a shuffled order where none was asked."""
