package dev.carillon.core.user;

import java.time.Instant;

/**
 * A phone, tablet or browser that gets push messages.
 *
 * @param id how the app calls it; lasts while its addresses come and go
 * @param platform what serves it: android, ios or web
 * @param os its operating system; empty when it is not known
 * @param model its model; empty when it is not known
 * @param allowed whether its user lets it show messages
 * @param registeredAt when it said so last
 */
public record Device(
    String id, String platform, String os, String model, boolean allowed, Instant registeredAt) {}
