"""Tables, rates, charts and explorers of Shaoxing's plans and outcomes, 2015–2025."""
