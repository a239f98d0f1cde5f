package dev.carillon.simulator.meta.webhook;

import java.net.URI;

/**
 * An app that is to hear of an account's events.
 *
 * @param appSecret what its callbacks are signed with
 */
public record Subscription(
    String businessAccountId, URI callbackUrl, String verifyToken, String appSecret) {}
