package dev.carillon.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What is to be shown of each class of settings, after the configuration tests of Airlift. */
public final class SettingsProof {

  private SettingsProof() {}

  /** Without any property the settings are these. */
  public static <T extends Record> void hasDefaults(T expected) {
    assertThat(bound(expected, Map.of())).isEqualTo(expected);
  }

  /**
   * Each property arrives in its field. Fails when one is not listed, and when one is listed with
   * its default, which would arrive by itself.
   *
   * @param properties each property of the class by its full name
   * @param expected the settings that they make
   */
  public static <T extends Record> void isFullyMapped(Map<String, String> properties, T expected) {
    assertThat(properties.keySet()).containsExactlyInAnyOrderElementsOf(names(expected));
    T settings = bound(expected, properties);
    assertThat(settings).isEqualTo(expected);
    assertThat(fieldsThatAreAlike(settings, bound(expected, Map.of()))).isEmpty();
  }

  private static <T extends Record> T bound(T like, Map<String, String> properties) {
    @SuppressWarnings("unchecked") // the class of a T is a Class<T>
    Class<T> type = (Class<T>) like.getClass();
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate(prefix(like), Bindable.of(type));
  }

  private static List<String> names(Record settings) {
    return Stream.of(settings.getClass().getRecordComponents())
        .map(field -> DataObjectPropertyName.toDashedForm(field.getName()))
        .map(name -> prefix(settings) + "." + name)
        .toList();
  }

  private static String prefix(Record settings) {
    return Objects.requireNonNull(settings.getClass().getAnnotation(ConfigurationProperties.class))
        .value();
  }

  private static List<String> fieldsThatAreAlike(Record one, Record other) {
    List<String> alike = new ArrayList<>();
    for (RecordComponent field : one.getClass().getRecordComponents()) {
      if (Objects.equals(value(field, one), value(field, other))) {
        alike.add(field.getName());
      }
    }
    return alike;
  }

  private static @Nullable Object value(RecordComponent field, Record settings) {
    try {
      return field.getAccessor().invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
