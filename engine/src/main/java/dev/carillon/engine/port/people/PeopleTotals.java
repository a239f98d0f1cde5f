package dev.carillon.engine.port.people;

public record PeopleTotals(long users, long events) {}
