package dev.carillon.simulator.whatsapp;

import java.net.URI;

/**
 * An app that is to hear of an account's happenings.
 *
 * @param appSecret what its callbacks are signed with
 */
record Subscription(
    String businessAccountId, URI callbackUrl, String verifyToken, String appSecret) {}
