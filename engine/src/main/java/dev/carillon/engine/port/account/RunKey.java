package dev.carillon.engine.port.account;

/** Names a run of a campaign. */
public record RunKey(int campaign, int run) {}
