package dev.carillon.core.figure;

import java.time.ZoneId;

/**
 * The account of an ad platform that figures come from.
 *
 * @param id the platform's id
 * @param zone decides its days
 * @param currency of its amounts, ISO 4217
 */
public record AdAccount(String id, ZoneId zone, String currency) {}
