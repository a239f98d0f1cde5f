package dev.carillon.simulator.meta;

import dev.carillon.simulator.meta.account.MessageTemplate;
import dev.carillon.simulator.meta.account.WhatsAppAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/** The business accounts and their templates. Thread-safe. */
final class Accounts {

  private static final long FIRST_TEMPLATE_ID = 594_425_479_261_596L;

  private final Map<String, WhatsAppAccount> byPhoneNumberId = new ConcurrentHashMap<>();
  private final Map<String, List<MessageTemplate>> templates = new ConcurrentHashMap<>();
  private final AtomicLong templateIds = new AtomicLong(FIRST_TEMPLATE_ID);

  /** Adds an account, in place of one with the same number. */
  void add(WhatsAppAccount account) {
    byPhoneNumberId.put(account.phoneNumberId(), account);
  }

  List<WhatsAppAccount> all() {
    return List.copyOf(byPhoneNumberId.values());
  }

  Optional<WhatsAppAccount> byNumber(String phoneNumberId) {
    return Optional.ofNullable(byPhoneNumberId.get(phoneNumberId));
  }

  Optional<WhatsAppAccount> byBusiness(String businessAccountId) {
    return byPhoneNumberId.values().stream()
        .filter(account -> account.businessAccountId().equals(businessAccountId))
        .findFirst();
  }

  /**
   * Adds a template, in place of one with the same name and language.
   *
   * @throws IllegalArgumentException when a part is missing
   */
  MessageTemplate addTemplate(String businessAccountId, ObjectNode body) {
    MessageTemplate template =
        MessageTemplate.read(Long.toString(templateIds.getAndIncrement()), body);
    List<MessageTemplate> shelf = shelf(businessAccountId);
    shelf.removeIf(
        old -> old.name().equals(template.name()) && old.language().equals(template.language()));
    shelf.add(template);
    return template;
  }

  /** Changes the status of a template in all its languages; those that were changed. */
  List<MessageTemplate> changeStatus(String businessAccountId, String name, String status) {
    List<MessageTemplate> changed = new ArrayList<>();
    shelf(businessAccountId)
        .replaceAll(
            template -> {
              if (!template.name().equals(name)) {
                return template;
              }
              MessageTemplate next = template.withStatus(status);
              changed.add(next);
              return next;
            });
    return changed;
  }

  boolean deleteTemplate(String businessAccountId, String name) {
    return shelf(businessAccountId).removeIf(template -> template.name().equals(name));
  }

  List<MessageTemplate> templates(String businessAccountId) {
    return List.copyOf(shelf(businessAccountId));
  }

  Optional<MessageTemplate> template(String businessAccountId, String name, String language) {
    return shelf(businessAccountId).stream()
        .filter(template -> template.name().equals(name) && template.language().equals(language))
        .findFirst();
  }

  private List<MessageTemplate> shelf(String businessAccountId) {
    return templates.computeIfAbsent(businessAccountId, any -> new CopyOnWriteArrayList<>());
  }
}
