"""How an incident and its pages look: header, panels, sentences, the stage diagram."""
