package dev.carillon.simulator.people;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A user of the simulated shop.
 *
 * @param identity unique, like {@code user-000042}
 * @param phone E.164; null where unknown; a few are not valid numbers, and a few belong to another
 *     user too
 * @param email null where unknown
 * @param language of the app, like {@code pt_BR}
 * @param plan {@code free}, {@code plus} or {@code pro}
 * @param loyaltyPoints zero or more
 * @param whatsAppOptIn whether the user agreed to get WhatsApp messages
 */
public record LifelikeUser(
    String identity,
    String name,
    @Nullable String email,
    @Nullable String phone,
    String city,
    String country,
    String language,
    String plan,
    String gender,
    int age,
    int loyaltyPoints,
    LocalDate signupDate,
    boolean whatsAppOptIn) {}
