package dev.carillon.engine.port.account;

import dev.carillon.core.account.AccountSettings;

/**
 * @param version grows with each change
 */
public record KeptSettings(int version, AccountSettings settings) {}
