package dev.carillon.engine.profile;

import dev.carillon.core.user.ConsentProperty;
import dev.carillon.engine.json.StoredJson;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The properties that say where and whether somebody is reached. */
public final class Contacts {
  private Contacts() {}

  /** Whether the property is an address or a consent. */
  public static boolean isContact(String property) {
    return AddressKinds.isAddress(property) || ConsentProperty.is(property);
  }

  /**
   * The properties without addresses and consents; the same text when there are none.
   *
   * @param properties a JSON object
   */
  public static String without(String properties) {
    ObjectNode object = StoredJson.object(properties);
    List<String> contacts = object.propertyNames().stream().filter(Contacts::isContact).toList();
    return contacts.isEmpty() ? properties : object.remove(contacts).toString();
  }
}
