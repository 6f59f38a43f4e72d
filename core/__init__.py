"""What every app stands on: errors, clock, the trail, forms and the API's common parts."""
