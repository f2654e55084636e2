package seed

import "strings"

// people are given names and family names that go together.
type people struct {
	given, family []string
}

func named(given, family string) people {
	return people{strings.Fields(given), strings.Fields(family)}
}

// peoples are the groups of names that customers have. They are drawn with equal chances.
// The shop ships from central Europe, so many of the groups are from nearby countries.
var peoples = []people{
	named("Anna Lukas Mia Jonas Lena Felix Clara Moritz Johanna Paul Greta Emil Frieda Anton",
		"Müller Schneider Weber Wagner Becker Hoffmann Krüger Schäfer Köhler Vogel Brandt Lorenz Böhm Seidel"),
	named("Katharina Matthias Theresa Florian Magdalena Tobias Veronika Andreas Elisabeth Stefan",
		"Gruber Huber Steiner Moser Pichler Egger Brunner Aigner Zimmermann Baumgartner"),
	named("Camille Hugo Léa Louis Chloé Gabriel Manon Jules Inès Antoine Élodie Mathis Zoé Théo",
		"Martin Bernard Dubois Moreau Laurent Lefèvre Girard Fournier Mercier Lambert Faure Chevalier Béranger Rousseau"),
	named("Olivia Harry Amelia George Isla Oliver Poppy Arthur Freya Edward Imogen Rupert Beatrice Callum",
		"Smith Taylor Wilson Clarke Bennett Hughes Ward Fletcher Ashworth Pemberton Holloway Whitaker Marsh Doyle"),
	named("Aoife Conor Niamh Sean Saoirse Cian Ciara Oisín Róisín Eoin",
		"Murphy Kelly Byrne Gallagher Doherty Brennan Nolan Fitzgerald Keane Quinn"),
	named("Lucía Hugo Sofía Mateo Martina Pablo Carmen Álvaro Elena Javier Inés Diego Marta Rubén",
		"García Fernández Sánchez Ramírez Ortega Navarro Iglesias Castro Molina Serrano Ibáñez Vega Prieto Cano"),
	named("Giulia Lorenzo Sofia Matteo Chiara Alessandro Francesca Davide Elisa Tommaso Beatrice Nicolò",
		"Rossi Ferrari Bianchi Romano Colombo Ricci Marino Greco Conti Gallo Fontana Rinaldi"),
	named("Zuzanna Jakub Maja Szymon Hanna Filip Łucja Kacper Wanda Stanisław",
		"Nowak Kowalczyk Wiśniewska Wójcik Kamiński Lewandowska Zieliński Dąbrowska Kozłowski Mazur"),
	named("Emma Daan Julia Sem Tess Bram Fleur Thijs Sanne Joris",
		"Jansen Bakker Visser Smit Mulder Bos Vos Peeters Dekker Hendriks"),
	named("Astrid Erik Ingrid Oskar Elsa Nils Maja Axel Freja Viktor Linnea Gustav",
		"Lindqvist Andersson Bergström Nyström Sjöberg Åkesson Holm Lundgren Ekström Sandberg Wallin Norén"),
	named("Kari Ola Signe Henrik Ingeborg Magnus Søren Mette Anders Kirsten",
		"Hansen Nielsen Larsen Dahl Bakke Haugen Mørk Kjær Thorsen Østergaard"),
	named("Aino Eero Helmi Väinö Venla Onni Siiri Leevi",
		"Korhonen Virtanen Mäkinen Nieminen Heikkinen Järvinen Lehtonen Salminen"),
	named("Eliška Jakub Tereza Vojtěch Adéla Ondřej Barbora Matěj Petra Tomáš",
		"Novák Svoboda Dvořák Černá Procházka Kučera Veselý Horák Němcová Pokorná"),
	named("Beatriz Tiago Inês Rodrigo Matilde Afonso Leonor Duarte Catarina Gonçalo",
		"Silva Santos Ferreira Pereira Oliveira Carvalho Almeida Teixeira Moreira Simões"),
	named("Eleni Nikos Katerina Giorgos Ioanna Dimitris Sofia Kostas",
		"Papadopoulos Georgiou Nikolaidis Pappas Vlachos Economou Makris Antoniou"),
	named("Zsófia Bence Lilla Máté Hanna Gergő Dóra Balázs",
		"Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár"),
	named("Ioana Andrei Elena Mihai Ana Cristian Raluca Vlad",
		"Popescu Ionescu Dumitru Stan Munteanu Ilie Radu Marin"),
	named("Oksana Taras Iryna Bohdan Olena Dmytro Solomiia Andriy Nadia Yuriy",
		"Shevchenko Kovalenko Bondarenko Tkachenko Kravchenko Melnyk Oliynyk Savchenko Hrytsenko Lysenko"),
	named("Elif Emre Zeynep Mehmet Ayşe Can Defne Burak Selin Deniz",
		"Yılmaz Kaya Demir Çelik Şahin Yıldız Aydın Öztürk Arslan Koç"),
	named("Priya Arjun Ananya Rohan Kavya Vikram Meera Aditya Isha Karthik",
		"Sharma Patel Iyer Reddy Gupta Nair Mehta Chatterjee Desai Rao"),
	named("Yuki Haruto Sakura Ren Aoi Sota Hina Kenji Mei Takumi",
		"Tanaka Suzuki Watanabe Yamamoto Nakamura Kobayashi Saito Mori Shimizu Hayashi"),
	named("Wei Fang Xiaoming Jing Hao Mei Lin Yan Jun Lan",
		"Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou"),
	named("Minjun Jiwoo Seoyeon Dohyun Haeun Jihoon Yuna Sungmin",
		"Kim Lee Park Choi Jung Kang Yoon Lim"),
	named("Linh Minh Huong Tuan Thao Duc Mai Quang",
		"Nguyen Tran Le Pham Hoang Phan Vu Dang"),
	named("Layla Omar Yasmin Karim Nour Hassan Salma Tariq Amina Youssef",
		"Haddad Mansour Khalil Nasser Farouk Saleh Aziz Rahman Bakri Zaidi"),
	named("Chioma Emeka Amara Tunde Ngozi Femi Zainab Kwame Abena Kofi",
		"Okafor Adeyemi Balogun Eze Mensah Owusu Boateng Nwosu Bello Asante"),
	named("Larissa Thiago Juliana Rafael Camila Bruno Fernanda Caio Isabela Murilo",
		"Souza Lima Barbosa Ribeiro Araújo Cardoso Rocha Nascimento Correia Batista"),
	named("Madison Tyler Grace Ethan Abigail Mason Harper Logan Naomi Wyatt",
		"Johnson Miller Davis Anderson Walker Coleman Brooks Sullivan Hayes Bennett"),
}

// houses are the names of companies among the customers; %s is a family name.
var houses = []string{
	"Hotel %s", "Café %s", "Bistro %s", "Studio %s", "%s Interiors", "%s Architects", "Pension %s",
	"%s and Daughters", "%s Catering", "Atelier %s", "%s Gardens", "Praxis %s",
}

// plainLetters turns the letters of names into those of email addresses.
var plainLetters = strings.NewReplacer(
	"à", "a", "á", "a", "ä", "ae", "å", "a", "ã", "a", "ą", "a", "æ", "ae", "ç", "c", "ć", "c", "č", "c", "ď", "d",
	"è", "e", "é", "e", "ě", "e", "ê", "e", "ę", "e", "ğ", "g", "í", "i", "ı", "i", "ł", "l", "ñ", "n", "ń", "n", "ň", "n",
	"ó", "o", "ò", "o", "ô", "o", "ö", "oe", "õ", "o", "ø", "o", "ő", "o", "ř", "r", "ś", "s", "ş", "s", "š", "s", "ť", "t",
	"ú", "u", "ü", "ue", "ů", "u", "ű", "u", "ý", "y", "ż", "z", "ź", "z", "ž", "z", "'", "", " ", ".",
)
