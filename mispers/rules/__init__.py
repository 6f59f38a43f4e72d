"""Rules about names, stages, markers, conditions and times: plain values in, answers out."""
