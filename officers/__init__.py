"""Who people are: officers, roles, BCUs and teams, the duty rota, training, client systems."""
