//! Venues: recognition and normal forms.
