package app.session.http;

import app.session.AttributeMapperCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.jackson.SecurityJacksonModules;

@Configuration(proxyBeanMethods = false)
class TemporaryTypes {

	@Bean
	AttributeMapperCustomizer modules() {
		return (builder) -> builder.addModules(SecurityJacksonModules.getModules(getClass().getClassLoader()));
	}

}
